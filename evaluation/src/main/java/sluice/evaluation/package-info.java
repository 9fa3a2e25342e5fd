/**
 * Accuracy matrices, forgetting metrics and reports: what a run on a task sequence was worth.
 *
 * <p>In go counts of correct answers, per task and moment, as an {@link sluice.evaluation.AccuracyMatrix}, from any
 * system or from a file, and of {@linkplain sluice.evaluation.ReferenceAccuracies reference models} where there are
 * any. Out come the {@link sluice.evaluation.ForgettingMetric}s, each with its definition, in a {@link
 * sluice.evaluation.ForgettingReport} for the terminal, and CSV files that keep every count ({@link
 * sluice.evaluation.AccuracyCsv}, {@link sluice.evaluation.ReferencesCsv}, {@link sluice.evaluation.MetricsCsv}), so
 * that each figure can be computed again later:
 *
 * <pre>{@code
 * AccuracyMatrix matrix = AccuracyMatrix.empty("naive", 1, List.of("0-1", "2-3"))
 *         .with(0, 1, 1050, 2115)
 *         .with(1, 1, 2113, 2115)
 *         .with(2, 1, 1890, 2115)
 *         .with(2, 2, 2001, 2042);
 * System.out.println(ForgettingReport.of(matrix));
 * }</pre>
 *
 * <p>Several runs make a comparison: a {@link sluice.evaluation.StrategyTable} holds strategies against each other, with
 * means and confidence intervals over seeds. Systems differ in what they call forgetting, so each figure names its
 * {@link sluice.evaluation.ForgettingDefinition}.
 *
 * <p>Whatever can be told of a run is a {@link sluice.evaluation.Metric} with its key, title, definition and source; {@link
 * sluice.evaluation.Metrics} lists all.
 *
 * <p>Throughout, T is the number of tasks and R[i][j] the test accuracy on task j = 1..T after learning task i =
 * 0..T; row 0 is the untrained network. A figure that cannot be computed is {@linkplain
 * sluice.evaluation.MetricValue.Undefined undefined} with a reason, never 0. Nothing here knows of networks, data
 * sets or files.
 */
package sluice.evaluation;
