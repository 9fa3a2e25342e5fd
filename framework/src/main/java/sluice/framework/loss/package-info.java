/**
 * What training makes small: a {@link sluice.framework.loss.Loss} of an example's outputs and its right one, one file each.
 * {@link sluice.framework.optimizer.TrainingSettings} say which it is.
 */
package sluice.framework.loss;
