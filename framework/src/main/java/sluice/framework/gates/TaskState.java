package sluice.framework.gates;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.conditional.TaskGaters;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.tasks.Task;

/**
 * What a network holds for one task: its classes, its head, and its gate logits per hidden layer. While the task trains,
 * head and logits move; afterwards nothing does.
 *
 * @param name the task's name
 * @param classes original labels in the order of the head's outputs
 * @param head dense layer [classes, values of the units of the last hidden layer]
 * @param logits gate logits per hidden layer [units]
 * @param own per hidden layer, what the task has of its units for itself
 * @param gaters as they were trained, of the units that the logits open; none where gates do not look at the example
 */
public record TaskState(
        String name,
        ImmutableList<Integer> classes,
        Layer head,
        List<double[]> logits,
        ImmutableList<TaskParameters> own,
        Optional<TaskGaters> gaters) {
    /** The same of a network whose layers leave nothing to tasks. */
    public TaskState(String name, ImmutableList<Integer> classes, Layer head, List<double[]> logits) {
        this(
                name,
                classes,
                head,
                logits,
                logits.stream().map(layer -> TaskParameters.NONE).collect(ImmutableList.toImmutableList()),
                Optional.empty());
    }

    /** The same with gaters as they are now. */
    public TaskState with(Optional<TaskGaters> trained) {
        return new TaskState(name, classes, head, logits, own, trained);
    }

    /**
     * The state before any training, which depends on the seed, the task's position and the network's units alone. Where a
     * layer has grown, and more units are used than it was created with, the odds that a used one is open are as much
     * smaller: a task starts with about as many open units as the first one did, however wide the network has become.
     *
     * @param task what it is to learn
     * @param start where it begins
     * @param gates how its gates are drawn
     */
    public static TaskState initial(Task task, TaskStart start, GateSettings gates) {
        ConsolidatedSubnetworks consolidated = start.consolidated();
        List<Integer> created = start.created();
        List<Integer> hidden = consolidated.widths();
        Layer head = Layer.heUniform(
                task.classes().size(),
                hidden.get(hidden.size() - 1),
                created.get(created.size() - 1),
                start.headConnection(),
                start.streams().initialHead());
        List<double[]> logits = new ArrayList<>();
        for (int layer = 0; layer < hidden.size(); layer++) {
            RandomGenerator random = start.streams().initialLogits(layer);
            if (gates.groups() > 1) {
                logits.add(UnitGroups.initial(hidden.get(layer), gates.groups(), gates.logitSpread(), random));
                continue;
            }
            logits.add(gates.initialLogits(consolidated.used(layer), created.get(layer), random));
        }
        return new TaskState(task.name(), task.classes(), head, List.copyOf(logits));
    }

    /**
     * This state with what layers leave to a task that nothing has taught yet.
     *
     * @param layers hidden layers of the network
     */
    public TaskState over(List<Layer> layers) {
        return new TaskState(
                name,
                classes,
                head,
                logits,
                layers.stream()
                        .map(layer -> layer.connection().normalisation().initial(layer.units()))
                        .collect(ImmutableList.toImmutableList()),
                gaters);
    }

    /** What it has for itself of the units of a subnetwork. */
    public ImmutableList<TaskParameters> ownOver(Subnetwork subnetwork) {
        return IntStream.range(0, own.size())
                .mapToObj(l -> own.get(l).over(subnetwork.layers().get(l).toArray()))
                .collect(ImmutableList.toImmutableList());
    }

    /** The units open by these logits. */
    public Subnetwork subnetwork() {
        return Subnetwork.of(logits);
    }
}
