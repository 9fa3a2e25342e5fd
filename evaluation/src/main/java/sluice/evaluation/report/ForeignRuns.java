package sluice.evaluation.report;

import sluice.evaluation.matrix.ReadMatrix;

/**
 * Accuracies of another system.
 *
 * @param data for a report
 * @param read as they were read
 */
public record ForeignRuns(ReportData data, ReadMatrix read) {}
