/**
 * Reports: what runs of any strategies and seeds were worth, for people to look at; of tasks what was forgotten, of networks
 * that generate the bounds, what they draw and what their latents say.
 *
 * <p>In go folders of finished runs and comparisons, or an accuracy matrix of any system, as {@link
 * sluice.evaluation.report.ReportData}. Out comes a {@link sluice.evaluation.report.Report}: {@code report.html}, one page
 * that needs no network, and {@code report.md}:
 *
 * <pre>{@code
 * Report.of(ReportData.ofFolders(List.of(Path.of("runs/split-mnist-seed1")))).writeTo(Path.of("report"));
 * }</pre>
 *
 * <p>{@link sluice.evaluation.report.Report#ofFolders} takes folders of either kind.
 *
 * <p>All figures, means and intervals are computed in Java; the page's script draws them.
 */
package sluice.evaluation.report;
