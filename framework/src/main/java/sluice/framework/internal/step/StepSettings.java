package sluice.framework.internal.step;

import sluice.framework.optimizer.ParameterUpdate;

/**
 * What all layers of a training step have in common.
 *
 * @param update how parameters move
 * @param clipped whether gradients are scaled by their norm
 * @param room examples of the largest mini-batch
 * @param lanes threads that share a step
 */
record StepSettings(ParameterUpdate update, boolean clipped, int room, int lanes) {}
