package sluice.framework.gates;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import sluice.framework.conditional.TaskExits;
import sluice.framework.conditional.TaskGaters;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;

/**
 * What a network keeps of a task that it has learned, all of it frozen: its classes and its head over the open units of
 * the last hidden layer. The units themselves, as bit sets, are in the network's {@link
 * sluice.gating.ConsolidatedSubnetworks}, unless they are separate; gate logits, which have become open and closed, are gone but for a count. So a
 * task costs the network what it uses, however wide the network is.
 *
 * @param name the task's name
 * @param classes original labels in the order of the head's outputs
 * @param head dense layer [classes, open units of the last hidden layer, ascending]
 * @param gates per hidden layer, what there is to remember of its gates
 * @param own per hidden layer, what the task has for itself of its open units, ascending
 * @param gaters of its subnetwork, if it has any
 * @param exits before its subnetwork, if it has any
 * @param separate its units, if it has them for itself
 */
public record ConsolidatedTask(
        String name,
        ImmutableList<Integer> classes,
        Layer head,
        ImmutableList<GateCount> gates,
        ImmutableList<TaskParameters> own,
        Optional<TaskGaters> gaters,
        Optional<TaskExits> exits,
        Optional<SeparateUnits> separate) {
    /**
     * The gates of a layer when the task was consolidated.
     *
     * @param units of the layer then
     * @param undecided gates whose open probability was between 0.05 and 0.95
     */
    public record GateCount(int units, int undecided) {}

    /** What remains of a task's training. */
    public static ConsolidatedTask of(TaskState task, Subnetwork subnetwork, ImmutableList<GateCount> gates) {
        return new ConsolidatedTask(
                task.name(),
                task.classes(),
                headOver(task, subnetwork),
                gates,
                task.ownOver(subnetwork),
                task.gaters(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same with units for itself. */
    public ConsolidatedTask with(SeparateUnits units) {
        return new ConsolidatedTask(name, classes, head, gates, own, gaters, exits, Optional.of(units));
    }

    /** The same with exits before its subnetwork, or none. */
    public ConsolidatedTask with(Optional<TaskExits> others) {
        return new ConsolidatedTask(name, classes, head, gates, own, gaters, others, separate);
    }

    /** The same of a task with independent gates of slope 1 that may open what they will. */
    public static ConsolidatedTask of(TaskState task) {
        return of(
                task,
                task.subnetwork(),
                task.logits().stream()
                        .map(logits ->
                                GateSettings.DEFAULT.probabilities(logits, 1).count())
                        .collect(ImmutableList.toImmutableList()));
    }

    /** What the task's head, its units as bits, its counts, its gaters and exits, and what it has for itself of units, or units, take, in bytes. */
    public long bytes() {
        long numbers = (long) head.weights().length
                + head.biases().length
                + classes.size()
                + ownNumbers()
                + gaters.map(TaskGaters::parameters).orElse(0L)
                + exits.map(TaskExits::parameters).orElse(0L);
        long bits = gates.stream()
                .mapToLong(gate -> (gate.units() + Byte.SIZE - 1) / Byte.SIZE + 2L * Integer.BYTES)
                .sum();
        return Float.BYTES * numbers + bits + separate.map(SeparateUnits::bytes).orElse(0L);
    }

    private long ownNumbers() {
        return own.stream().mapToLong(TaskParameters::count).sum();
    }

    /** A task's head over the open units of the last hidden layer. */
    public static Layer headOver(TaskState task, Subnetwork subnetwork) {
        UnitSet last = subnetwork.layers().get(subnetwork.layers().size() - 1);
        return task.head().over(last.toArray());
    }
}
