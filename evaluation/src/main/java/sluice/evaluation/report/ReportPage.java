package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;

/**
 * The page of a report.
 *
 * @param html the whole file
 * @param cuts what was left out to stay below its size, a sentence each; none where all is shown
 */
record ReportPage(String html, ImmutableList<String> cuts) {}
