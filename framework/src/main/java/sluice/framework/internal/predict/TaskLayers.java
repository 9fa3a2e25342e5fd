package sluice.framework.internal.predict;

import java.util.List;
import java.util.Optional;
import sluice.framework.conditional.TaskGaters;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
import sluice.gating.Subnetwork;

/**
 * What a task has in a network.
 *
 * @param head over the open units of the last hidden layer
 * @param subnetwork its open units
 * @param own per hidden layer, what the task has of its open units for itself
 * @param gaters which of these units are computed for an example; all of them where there are none
 */
public record TaskLayers(Layer head, Subnetwork subnetwork, List<TaskParameters> own, Optional<TaskGaters> gaters) {
    /** The same of a task all of whose units are computed. */
    public TaskLayers(Layer head, Subnetwork subnetwork, List<TaskParameters> own) {
        this(head, subnetwork, own, Optional.empty());
    }
}
