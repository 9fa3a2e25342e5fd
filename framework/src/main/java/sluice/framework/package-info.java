/**
 * Gated networks and their training: Sluice's Java API.
 *
 * <p>A {@link sluice.framework.ContinualTrainer} takes a {@link sluice.tasks.TaskSequence} and a {@link
 * sluice.framework.GatedNetwork}, teaches the network one task after another, freezing what each uses, and gives back a
 * {@link sluice.framework.ContinualResult} with the accuracy matrix. The network then predicts for any task it learned,
 * and is saved and loaded as one file.
 *
 * <p>What this costs on a machine, by the share of open and of frozen units, is measured by {@link
 * sluice.framework.StepTiming}, {@link sluice.framework.ReuseTiming} and {@link sluice.framework.PredictionTiming}.
 */
package sluice.framework;
