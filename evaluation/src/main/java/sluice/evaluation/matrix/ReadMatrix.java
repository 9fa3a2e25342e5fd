package sluice.evaluation.matrix;

import com.google.common.collect.ImmutableList;
import sluice.evaluation.AccuracyMatrix;

/**
 * What a file of accuracies holds.
 *
 * @param runs a matrix per run, at least one, told apart by strategy and seed
 * @param isCounted whether cells are counts of answers; otherwise accuracies are known to nine decimals, and totals mean
 *     nothing
 * @param statement how the file was read, one line without the file's name
 */
public record ReadMatrix(ImmutableList<AccuracyMatrix> runs, boolean isCounted, String statement) {}
