package sluice.framework.internal.predict;

import java.util.List;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
import sluice.gating.Subnetwork;

/**
 * What a task has in a network.
 *
 * @param head over the open units of the last hidden layer
 * @param subnetwork its open units
 * @param own per hidden layer, what the task has of its open units for itself
 */
public record TaskLayers(Layer head, Subnetwork subnetwork, List<TaskParameters> own) {}
