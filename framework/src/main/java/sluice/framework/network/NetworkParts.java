package sluice.framework.network;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.framework.account.CapacityLedger;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.SeparateUnits;
import sluice.framework.gates.TaskStart;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.random.TaskStreams;
import sluice.framework.layer.Connection;
import sluice.framework.layer.Layer;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.csv.TableEncoding;

/**
 * What a {@link GatedNetwork} is made of, for whoever trains it: layers, and of every consolidated task its head and its
 * units. Mutable; the network's own. One thread at a time may change it, while others read: what they find is all from before a
 * change, or all from after it. Of the layers' values those are the same before and after that are frozen.
 */
public final class NetworkParts {
    private final long seed;
    private final Normalisation normalisation;
    private volatile NetworkContents contents;

    /** Layers that nothing is known of yet. */
    NetworkParts(long seed, Normalisation normalisation, List<Layer> layers) {
        this.seed = seed;
        this.normalisation = normalisation;
        this.contents = NetworkContents.of(layers);
    }

    /**
     * Goes on where stored parts end.
     *
     * @param tasks with the subnetwork of each, in the order of learning
     * @param unitsCreated units per hidden layer before any growth
     * @param tasksLearned tasks ever learned, also those that were removed again
     */
    void restore(Map<ConsolidatedTask, Subnetwork> tasks, List<Integer> unitsCreated, int tasksLearned) {
        tasks.forEach((task, subnetwork) -> {
            if (task.separate().isPresent()) {
                contents = contents.withSeparate(task);
            } else {
                consolidate(task, subnetwork);
            }
        });
        contents = contents.with(unitsCreated, tasksLearned);
    }

    /** The same, of which no later change is seen here, nor one of this there. */
    NetworkParts copy() {
        NetworkParts copy = new NetworkParts(seed, normalisation, layers());
        copy.contents = contents.copied();
        return copy;
    }

    /** Becomes what another is, of the same seed and normalisation. */
    void take(NetworkParts other) {
        contents = other.contents;
    }

    long seed() {
        return seed;
    }

    Normalisation normalisation() {
        return normalisation;
    }

    /** Features per example. */
    int inputs() {
        return contents.layers().get(0).features();
    }

    /** Units per hidden layer, lowest first. */
    List<Integer> hidden() {
        return contents.hidden();
    }

    /** Names of the consolidated tasks, in the order in which they were learned. */
    List<String> tasks() {
        return contents.tasks();
    }

    /** {@return hidden layers from the lowest on, which training changes in place} */
    public ImmutableList<Layer> layers() {
        return contents.layers();
    }

    /** {@return how a head meets the highest layer} */
    public Connection headConnection() {
        List<Layer> layers = layers();
        return FullyConnected.connection(
                layers.get(layers.size() - 1).connection().valuesPerUnit());
    }

    /** {@return units per hidden layer before any growth} */
    public ImmutableList<Integer> created() {
        return contents.created();
    }

    /** {@return tasks ever learned, also those that were removed again: which random streams the next one gets} */
    public int learned() {
        return contents.learned();
    }

    /** {@return what consolidated tasks use, and so what is frozen} */
    public ConsolidatedSubnetworks consolidated() {
        return contents.consolidated();
    }

    /** What is known of where it comes from, by key. */
    ImmutableMap<String, String> provenance() {
        return contents.provenance();
    }

    /** Adds to what is known of where it comes from, all at once. */
    public void annotate(Map<String, String> notes) {
        contents = contents.annotated(notes);
    }

    /**
     * {@return what is kept of a task}
     *
     * @param task name of a consolidated one
     * @throws InputException if no such task was learned
     */
    public ConsolidatedTask state(String task) {
        return contents.state(task);
    }

    Subnetwork subnetwork(String task) {
        return contents.subnetwork(task);
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
        TaskStart start = new TaskStart(consolidated(), created(), headConnection(), streams);
        return TaskState.initial(task, start, gates).over(layers());
    }

    /**
     * Freezes a task.
     *
     * @param task its head
     * @param subnetwork its units
     */
    public void consolidate(ConsolidatedTask task, Subnetwork subnetwork) {
        contents = contents.with(task, subnetwork);
    }

    /**
     * Freezes a task, and takes its units out of the layers that tasks share: in their places come new ones, free, by {@link #renewUnused}.
     *
     * @param task its head
     * @param subnetwork its units
     */
    public void consolidateSeparately(ConsolidatedTask task, Subnetwork subnetwork) {
        contents = contents.withSeparate(task.with(SeparateUnits.of(layers(), subnetwork)));
    }

    /** The hidden layers that have a task's units, whose numbers there are the other. */
    List<Layer> layersOf(ConsolidatedTask task) {
        return task.separate().map(SeparateUnits::layers).orElse(layers());
    }

    /** The units of a task, by their numbers in {@link #layersOf}. */
    Subnetwork openOf(ConsolidatedTask task) {
        return task.separate().map(SeparateUnits::open).orElseGet(() -> subnetwork(task.name()));
    }

    /**
     * Draws anew the units that no task uses, as they were before the first task: units that task after task has left
     * closed are the worst of those it found, and have lost the scale that lets units learn. Not one bit of any
     * task's logits changes.
     */
    public void renewUnused() {
        new FreedParameters(layers(), created(), consolidated()).redrawUnused(new RandomStreams(seed), learned());
    }

    void grow(List<Integer> hidden) {
        contents = contents.widened(GrownLayers.of(layers(), created(), hidden, new RandomStreams(seed)));
    }

    void remove(String task) {
        Subnetwork removed = subnetwork(task);
        boolean separate = state(task).separate().isPresent();
        contents = contents.without(task);
        if (separate) {
            return;
        }
        new FreedParameters(layers(), created(), consolidated()).redrawRemoved(removed, new RandomStreams(seed), task);
    }

    /** How rows of tables became the inputs that a task was learned from, if they were rows of tables. */
    Optional<TableEncoding> encoding(String task) {
        return contents.encoding(task);
    }

    /** What the data call a task's classes, in their order: their labels where they have no other names. */
    List<String> classNames(String task) {
        return contents.classNames(task);
    }

    /** Throws IllegalArgumentException where examples have another number of features. */
    void checkFeatures(Examples examples) {
        checkArgument(
                examples.features() == inputs(), "the network has %s inputs, got %s", inputs(), examples.features());
    }

    /** Bytes that tasks take beside the layers. */
    long taskBytes() {
        return contents.taskBytes();
    }

    /** {@return bytes of the weights and biases of tasks that have their units for themselves} */
    public long separateBytes() {
        return contents.separateBytes();
    }

    /** Who uses what, and how much is left. */
    CapacityLedger capacity() {
        return contents.capacity();
    }
}
