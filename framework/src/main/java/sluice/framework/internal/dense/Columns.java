package sluice.framework.internal.dense;

import sluice.framework.internal.kernel.NativeMatrix;

/**
 * Neighbouring columns of a matrix whose rows are samples.
 *
 * @param matrix holds them
 * @param first the first
 * @param count how many
 */
public record Columns(NativeMatrix matrix, int first, int count) {}
