package sluice.framework.network;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import sluice.framework.account.CapacityLedger;
import sluice.framework.account.LayerCapacity;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.SeparateUnits;
import sluice.framework.layer.Layer;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.InputException;
import sluice.tasks.csv.TableEncoding;

/**
 * What a network holds between two changes. Immutable but for the values of layers, which training changes in place where they are
 * free: what is frozen of them is the same for whoever holds this.
 *
 * @param layers hidden ones, lowest first
 * @param consolidated what tasks use
 * @param states what is kept of each of these tasks
 * @param provenance where all comes from, by key
 * @param created units per hidden layer before any growth
 * @param learned tasks ever learned, also those that were removed again
 */
record NetworkContents(
        ImmutableList<Layer> layers,
        ConsolidatedSubnetworks consolidated,
        ImmutableMap<String, ConsolidatedTask> states,
        ImmutableMap<String, String> provenance,
        ImmutableList<Integer> created,
        int learned) {
    /** Of layers that nothing is known of yet. */
    static NetworkContents of(List<Layer> layers) {
        ConsolidatedSubnetworks none =
                ConsolidatedSubnetworks.none(layers.stream().map(Layer::units).toList());
        return new NetworkContents(
                ImmutableList.copyOf(layers), none, ImmutableMap.of(), ImmutableMap.of(), none.widths(), 0);
    }

    /** The same with layers of its own; all else is never changed in place. */
    NetworkContents copied() {
        return new NetworkContents(
                layers.stream().map(Layer::copy).collect(ImmutableList.toImmutableList()),
                consolidated,
                states,
                provenance,
                created,
                learned);
    }

    NetworkContents with(List<Integer> unitsCreated, int tasksLearned) {
        return new NetworkContents(
                layers, consolidated, states, provenance, ImmutableList.copyOf(unitsCreated), tasksLearned);
    }

    /** With layers of other widths, whose units keep their places. */
    NetworkContents widened(ImmutableList<Layer> wider) {
        return new NetworkContents(
                wider,
                consolidated.widened(wider.stream().map(Layer::units).toList()),
                states,
                provenance,
                created,
                learned);
    }

    /** With notes on where it comes from; those of the same keys are replaced. */
    NetworkContents annotated(Map<String, String> notes) {
        Map<String, String> all = new LinkedHashMap<>(provenance);
        all.putAll(notes);
        return new NetworkContents(layers, consolidated, states, ImmutableMap.copyOf(all), created, learned);
    }

    NetworkContents with(ConsolidatedTask task, Subnetwork subnetwork) {
        return new NetworkContents(
                layers,
                consolidated.with(task.name(), subnetwork),
                ImmutableMap.<String, ConsolidatedTask>builder()
                        .putAll(states)
                        .put(task.name(), task)
                        .buildOrThrow(),
                provenance,
                created,
                learned + 1);
    }

    /** With a task that has its units for itself. */
    NetworkContents withSeparate(ConsolidatedTask task) {
        return new NetworkContents(
                layers,
                consolidated,
                ImmutableMap.<String, ConsolidatedTask>builder()
                        .putAll(states)
                        .put(task.name(), task)
                        .buildOrThrow(),
                provenance,
                created,
                learned + 1);
    }

    NetworkContents without(String task) {
        return new NetworkContents(
                layers,
                state(task).separate().isPresent() ? consolidated : consolidated.without(task),
                filtered(states, name -> !name.equals(task)),
                filtered(provenance, key -> !key.startsWith(TaskProvenance.prefix(task))),
                created,
                learned);
    }

    private static <T> ImmutableMap<String, T> filtered(Map<String, T> all, Predicate<String> kept) {
        return ImmutableMap.copyOf(Maps.filterKeys(all, kept::test));
    }

    /** Units per hidden layer, lowest first. */
    List<Integer> hidden() {
        return layers.stream().map(Layer::units).toList();
    }

    /** Names of the consolidated tasks, in the order in which they were learned. */
    ImmutableList<String> tasks() {
        return states.keySet().asList();
    }

    /** Throws InputException where no such task was learned. */
    ConsolidatedTask state(String task) {
        ConsolidatedTask state = states.get(task);
        if (state == null) {
            throw new InputException("the network has not learned task %s: its tasks are %s".formatted(task, tasks()));
        }
        return state;
    }

    Subnetwork subnetwork(String task) {
        return state(task)
                .separate()
                .map(SeparateUnits::numbers)
                .orElseGet(() -> consolidated.tasks().get(task));
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

    /** Bytes that tasks take beside the layers. */
    long taskBytes() {
        return states.values().stream().mapToLong(ConsolidatedTask::bytes).sum();
    }

    /** Bytes of weights and biases that tasks have for themselves. */
    long separateBytes() {
        long bytes = 0;
        for (ConsolidatedTask state : states.values()) {
            bytes += state.separate().isPresent() ? state.separate().get().bytes() : 0;
        }
        return bytes;
    }

    /** Who uses what, and how much is left. */
    CapacityLedger capacity() {
        int count = layers.size();
        UnitSet[] used = consolidated.widths().stream().map(UnitSet::none).toArray(UnitSet[]::new);
        ImmutableMap.Builder<String, ImmutableList<LayerCapacity>> tasks = ImmutableMap.builder();
        states.forEach((name, state) -> {
            Subnetwork subnetwork = subnetwork(name);
            ImmutableList.Builder<LayerCapacity> ofTask = ImmutableList.builder();
            for (int l = 0; l < count; l++) {
                ConsolidatedTask.GateCount gates = state.gates().get(l);
                UnitSet open = subnetwork.layers().get(l);
                boolean shares = state.separate().isEmpty();
                int reused = shares ? open.intersection(used[l]).size() : 0;
                used[l] = shares ? used[l].union(open) : used[l];
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
