package sluice.framework.internal.layer;

import sluice.framework.internal.kernel.Arithmetic;

/**
 * The units of a layer in the training step of a task, each with what it has for itself.
 *
 * @param order the units
 * @param biases of the layer, by unit
 * @param own what the task has of each unit, by what it is and by unit; written while it trains
 * @param dBiases gradient of the biases by position of a unit, of whoever comes from above
 * @param update how parameters are moved
 * @param room examples of the largest mini-batch
 */
public record StepUnits(OpenUnits order, float[] biases, float[][] own, float[] dBiases, Arithmetic update, int room) {}
