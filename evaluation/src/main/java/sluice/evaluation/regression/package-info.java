/**
 * What a run on a sequence of regression tasks was worth: errors of predicted numbers, per task and moment, and what was forgotten.
 *
 * <p>In go sums of squared errors, as a {@link sluice.evaluation.regression.RegressionMatrix}. Out come RMSE and R2 ({@link
 * sluice.evaluation.RegressionScore}), each with forgetting by every {@link sluice.evaluation.ForgettingDefinition} and the
 * other figures of {@link sluice.evaluation.ForgettingMetric}, as {@link sluice.evaluation.regression.RegressionFigures}.
 */
package sluice.evaluation.regression;
