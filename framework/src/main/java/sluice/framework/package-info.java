/**
 * Gated networks and their training: Sluice's Java API.
 *
 * <p>A {@link sluice.framework.ContinualTrainer} takes a {@link sluice.tasks.TaskSequence} and a {@link
 * sluice.framework.network.GatedNetwork}, teaches the network one task after another, freezing what each uses, and gives back a
 * {@link sluice.framework.ContinualResult} with the accuracy matrix. The network then predicts for any task it learned,
 * and is saved and loaded as one file.
 *
 * <p>Behind this door: {@link sluice.framework.network} (what is taught), {@link sluice.framework.gates} (how units are
 * chosen), {@link sluice.framework.layer}, {@link sluice.framework.optimizer}, {@link sluice.framework.result} and {@link
 * sluice.framework.account} (what comes of it, and what it took), {@link sluice.framework.strategy} (other ways of learning
 * task after task). Packages below {@code sluice.framework.internal} are no API.
 */
package sluice.framework;
