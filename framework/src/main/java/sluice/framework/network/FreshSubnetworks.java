package sluice.framework.network;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import sluice.framework.conditional.TaskExits;
import sluice.framework.conditional.TaskGaters;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.predict.CompiledSubnetwork;
import sluice.framework.internal.predict.PredictionScratches;
import sluice.framework.internal.predict.TaskLayers;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;

/**
 * Subnetworks of a network that are compiled for one use from the parameters as they are now, for whoever trains it or holds
 * it against what it was: {@link GatedNetwork#logits} has matrices that it keeps.
 */
public final class FreshSubnetworks {
    private final NetworkParts network;
    private final PredictionScratches scratches;

    FreshSubnetworks(NetworkParts network, PredictionScratches scratches) {
        this.network = network;
        this.scratches = scratches;
    }

    /**
     * {@return logits [size, classes], row-major}
     *
     * @param task name of a consolidated task
     * @param examples raw features; labels are not looked at
     * @throws sluice.tasks.InputException if no such task was learned
     */
    public float[] logits(String task, Examples examples) {
        network.checkFeatures(examples);
        try (CompiledSubnetwork fresh = compiled(task)) {
            return fresh.logits(examples);
        }
    }

    /**
     * {@return logits [size, classes], row-major}
     *
     * @param task that is not consolidated, trained or not
     * @param subnetwork any units
     * @param examples raw features; labels are not looked at
     */
    public float[] logits(TaskState task, Subnetwork subnetwork, Examples examples) {
        network.checkFeatures(examples);
        try (CompiledSubnetwork fresh = compiled(task, subnetwork)) {
            return fresh.logits(examples);
        }
    }

    /**
     * The same, shared out over lanes.
     *
     * @param task that is not consolidated, trained or not
     * @param subnetwork any units
     * @param examples raw features; labels are not looked at
     * @param lanes that share the work
     * @return logits [size, classes], row-major
     */
    public float[] logits(TaskState task, Subnetwork subnetwork, Examples examples, Lanes lanes) {
        network.checkFeatures(examples);
        try (CompiledSubnetwork fresh = compiled(task, subnetwork)) {
            return fresh.logits(examples, lanes);
        }
    }

    /**
     * {@return logits, and multiply-adds of each example}
     *
     * @param task that is not consolidated, trained or not
     * @param subnetwork any units
     * @param examples raw features
     */
    public TaskExits.Said say(TaskState task, Subnetwork subnetwork, Examples examples) {
        try (CompiledSubnetwork fresh = compiled(task, subnetwork)) {
            return fresh.say(examples);
        }
    }

    /**
     * Logits with relaxed gates in the place of a subnetwork.
     *
     * @param task that is not consolidated
     * @param gates per layer, by unit
     * @param examples raw features; labels are not looked at
     * @param lanes that share the work
     * @return logits [size, classes], row-major
     */
    public float[] relaxedLogits(TaskState task, List<double[]> gates, Examples examples, Lanes lanes) {
        Subnetwork open =
                new Subnetwork(gates.stream().map(UnitSet::positive).collect(ImmutableList.toImmutableList()));
        try (CompiledSubnetwork relaxed = new CompiledSubnetwork(
                network.layers(),
                new TaskLayers(ConsolidatedTask.headOver(task, open), open, task.ownOver(open)),
                (layer, unit) -> gates.get(layer)[unit],
                network.normalisation(),
                scratches)) {
            return relaxed.logits(examples, lanes);
        }
    }

    /**
     * {@return both, to be closed}
     *
     * @param head over the values of the subnetwork's open units in the last hidden layer
     * @param subnetwork any units
     * @param own per hidden layer, what a task has of these units for itself
     * @param gaters which of these units are computed for an example; all where there are none
     */
    public CompiledSubnetwork under(
            Layer head, Subnetwork subnetwork, List<TaskParameters> own, Optional<TaskGaters> gaters) {
        return compiled(new TaskLayers(head, subnetwork, own, gaters));
    }

    /**
     * {@return the subnetwork of a task under another head, to be closed}
     *
     * @param task name of a consolidated task
     * @param head over the values of its open units in the last hidden layer
     * @throws sluice.tasks.InputException if no such task was learned
     */
    public CompiledSubnetwork compiled(String task, Layer head) {
        ConsolidatedTask state = network.state(task);
        return new CompiledSubnetwork(
                network.layersOf(state),
                new TaskLayers(head, network.openOf(state), state.own(), state.gaters()),
                network.normalisation(),
                scratches);
    }

    private CompiledSubnetwork compiled(TaskLayers task) {
        return new CompiledSubnetwork(network.layers(), task, network.normalisation(), scratches);
    }

    CompiledSubnetwork compiled(String task) {
        return compiled(task, network.state(task).head());
    }

    private CompiledSubnetwork compiled(TaskState task, Subnetwork subnetwork) {
        return compiled(new TaskLayers(
                ConsolidatedTask.headOver(task, subnetwork), subnetwork, task.ownOver(subnetwork), task.gaters()));
    }
}
