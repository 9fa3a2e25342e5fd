package sluice.framework.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.account.CapacityLedger;
import sluice.framework.account.LayerCapacity;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.TaskStart;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.random.TaskStreams;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.csv.TableEncoding;

/**
 * What a {@link GatedNetwork} is made of, for whoever trains it: layers, and of every consolidated task its head and its
 * units. Mutable; the network's own.
 */
public final class NetworkParts {
    private final long seed;
    private final Normalisation normalisation;
    private final Map<String, ConsolidatedTask> states = new LinkedHashMap<>();
    private final Map<String, String> provenance = new LinkedHashMap<>();
    private ImmutableList<Layer> layers;
    private ConsolidatedSubnetworks consolidated;
    private ImmutableList<Integer> created;
    private int learned;

    /** Layers that nothing is known of yet. */
    NetworkParts(long seed, Normalisation normalisation, List<Layer> layers) {
        this.seed = seed;
        this.normalisation = normalisation;
        this.layers = ImmutableList.copyOf(layers);
        this.consolidated = ConsolidatedSubnetworks.none(hidden());
        this.created = consolidated.widths();
    }

    /**
     * Goes on where stored parts end.
     *
     * @param tasks with the subnetwork of each, in the order of learning
     * @param unitsCreated units per hidden layer before any growth
     * @param tasksLearned tasks ever learned, also those that were removed again
     */
    void restore(Map<ConsolidatedTask, Subnetwork> tasks, List<Integer> unitsCreated, int tasksLearned) {
        tasks.forEach(this::consolidate);
        created = ImmutableList.copyOf(unitsCreated);
        learned = tasksLearned;
    }

    /** Becomes what another is, of the same seed and normalisation. */
    void take(NetworkParts other) {
        layers = other.layers;
        consolidated = other.consolidated;
        created = other.created;
        learned = other.learned;
        states.clear();
        states.putAll(other.states);
        provenance.clear();
        provenance.putAll(other.provenance);
    }

    long seed() {
        return seed;
    }

    Normalisation normalisation() {
        return normalisation;
    }

    /** Features per example. */
    int inputs() {
        return layers.get(0).features();
    }

    /** Units per hidden layer, lowest first. */
    List<Integer> hidden() {
        return layers.stream().map(Layer::units).toList();
    }

    /** Names of the consolidated tasks, in the order in which they were learned. */
    List<String> tasks() {
        return List.copyOf(states.keySet());
    }

    /** {@return hidden layers from the lowest on, which training changes in place} */
    public ImmutableList<Layer> layers() {
        return layers;
    }

    /** {@return how a head meets the highest layer} */
    public Connection headConnection() {
        return FullyConnected.connection(
                layers.get(layers.size() - 1).connection().valuesPerUnit());
    }

    /** {@return units per hidden layer before any growth} */
    public ImmutableList<Integer> created() {
        return created;
    }

    /** {@return tasks ever learned, also those that were removed again: which random streams the next one gets} */
    public int learned() {
        return learned;
    }

    /** {@return what consolidated tasks use, and so what is frozen} */
    public ConsolidatedSubnetworks consolidated() {
        return consolidated;
    }

    /** What is known of where it comes from, by key. */
    ImmutableMap<String, String> provenance() {
        return ImmutableMap.copyOf(provenance);
    }

    void annotate(String key, String value) {
        provenance.put(key, value);
    }

    /**
     * {@return what is kept of a task}
     *
     * @param task name of a consolidated one
     * @throws InputException if no such task was learned
     */
    public ConsolidatedTask state(String task) {
        ConsolidatedTask state = states.get(task);
        if (state == null) {
            throw new InputException("the network has not learned task %s: its tasks are %s".formatted(task, tasks()));
        }
        return state;
    }

    Subnetwork subnetwork(String task) {
        state(task);
        return consolidated.tasks().get(task);
    }

    /**
     * {@return a task that nothing has taught yet}
     *
     * @param task what it is to learn
     * @param gates how its gates are drawn
     * @param position of all tasks that the network learns, from 0
     */
    public TaskState initialState(Task task, GateSettings gates, int position) {
        TaskStreams streams = new TaskStreams(new RandomStreams(seed), position);
        return TaskState.initial(task, new TaskStart(consolidated, created, headConnection(), streams), gates)
                .over(layers);
    }

    /**
     * Freezes a task.
     *
     * @param task its head
     * @param subnetwork its units
     */
    public void consolidate(ConsolidatedTask task, Subnetwork subnetwork) {
        consolidated = consolidated.with(task.name(), subnetwork);
        states.put(task.name(), task);
        learned++;
    }

    /**
     * Draws anew the units that no task uses, as they were before the first task: units that task after task has left
     * closed are the worst of those it found, and have lost the scale that lets units learn. Not one bit of any
     * task's logits changes.
     */
    public void renewUnused() {
        new FreedParameters(layers, created, consolidated).redrawUnused(new RandomStreams(seed), learned);
    }

    void grow(List<Integer> hidden) {
        layers = GrownLayers.of(layers, created, hidden, new RandomStreams(seed));
        consolidated = consolidated.widened(hidden);
    }

    void remove(String task) {
        Subnetwork removed = subnetwork(task);
        consolidated = consolidated.without(task);
        states.remove(task);
        provenance.keySet().removeIf(key -> key.startsWith(TaskProvenance.prefix(task)));
        new FreedParameters(layers, created, consolidated).redrawRemoved(removed, new RandomStreams(seed), task);
    }

    /** How rows of tables became the inputs that a task was learned from, if they were rows of tables. */
    Optional<TableEncoding> encoding(String task) {
        state(task);
        return Optional.ofNullable(provenance.get(TaskProvenance.prefix(task) + TableEncoding.KEY))
                .map(TableEncoding::parse);
    }

    /** What the data call a task's classes, in their order: their labels where they have no other names. */
    List<String> classNames(String task) {
        List<Integer> classes = state(task).classes();
        String names = provenance.get(TaskProvenance.prefix(task) + ClassNames.KEY);
        if (names != null) {
            return ClassNames.parse(names, classes.size());
        }
        Optional<TableEncoding> encoding = encoding(task); // of earlier builds
        return classes.stream()
                .map(label -> encoding.map(table -> table.className(label)).orElse(label.toString()))
                .toList();
    }

    /** Throws IllegalArgumentException where examples have another number of features. */
    void checkFeatures(Examples examples) {
        checkArgument(
                examples.features() == inputs(), "the network has %s inputs, got %s", inputs(), examples.features());
    }

    /** Bytes that tasks take beside the layers. */
    long taskBytes() {
        return states.values().stream().mapToLong(ConsolidatedTask::bytes).sum();
    }

    /** Who uses what, and how much is left. */
    CapacityLedger capacity() {
        int count = layers.size();
        UnitSet[] used = consolidated.widths().stream().map(UnitSet::none).toArray(UnitSet[]::new);
        ImmutableMap.Builder<String, ImmutableList<LayerCapacity>> tasks = ImmutableMap.builder();
        consolidated.tasks().forEach((name, subnetwork) -> {
            ImmutableList.Builder<LayerCapacity> ofTask = ImmutableList.builder();
            for (int l = 0; l < count; l++) {
                ConsolidatedTask.GateCount gates = state(name).gates().get(l);
                UnitSet open = subnetwork.layers().get(l);
                int reused = open.intersection(used[l]).size();
                used[l] = used[l].union(open);
                ofTask.add(new LayerCapacity(
                        CapacityLedger.layer(l),
                        gates.units(),
                        open.size(),
                        open.size() - reused,
                        reused,
                        gates.units() - used[l].size(),
                        gates.undecided(),
                        ImmutableList.of(),
                        Optional.empty()));
            }
            tasks.put(name, ofTask.build());
        });
        return new CapacityLedger(
                tasks.buildOrThrow(),
                consolidated.widths(),
                IntStream.range(0, count).mapToObj(consolidated::free).collect(ImmutableList.toImmutableList()),
                created);
    }
}
