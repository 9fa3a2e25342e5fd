/**
 * The files of a run's folder: their names, the columns of each, and the record {@code run.json}, written and read in one
 * place. What is known of a run goes in as values and comes out as the same values.
 *
 * <p>{@link sluice.evaluation.run.RunFile} lists the files. Accuracies and metrics have classes of their own ({@link
 * sluice.evaluation.AccuracyCsv}, {@link sluice.evaluation.MetricsCsv}, {@link sluice.evaluation.ReferencesCsv}, {@link
 * sluice.evaluation.ContinualCsv}), as they come from other systems, too.
 */
package sluice.evaluation.run;
