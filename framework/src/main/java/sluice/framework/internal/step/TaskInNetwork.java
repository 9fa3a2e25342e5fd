package sluice.framework.internal.step;

import java.util.List;
import sluice.framework.gates.TaskState;
import sluice.framework.layer.Layer;
import sluice.gating.ConsolidatedSubnetworks;

/**
 * A task and the network that learns it.
 *
 * @param hidden layers from the lowest on, of which what is free is written
 * @param state of the task, which is written
 * @param consolidated what earlier tasks use
 */
public record TaskInNetwork(List<Layer> hidden, TaskState state, ConsolidatedSubnetworks consolidated) {
    /** Units of all hidden layers. */
    long units() {
        return hidden.stream().mapToLong(Layer::units).sum();
    }
}
