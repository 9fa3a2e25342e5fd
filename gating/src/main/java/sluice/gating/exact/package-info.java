/**
 * Losses of gates that are small enough for everything about them to be known: what estimators are measured against.
 *
 * <p>A {@link sluice.gating.exact.GatedLoss} with logits is a {@link sluice.gating.exact.GatedProblem}. An
 * {@link sluice.gating.exact.Enumeration} gives its exact gradient; a {@link sluice.gating.exact.Trial} runs an
 * estimator on it, answering its probes as training would, and gives the {@link sluice.gating.exact.Moments} of its
 * estimates.
 */
package sluice.gating.exact;
