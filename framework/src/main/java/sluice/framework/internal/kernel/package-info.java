/**
 * Internal: the one place for numbers: native single-precision matrices, the matrix multiply, the passes over rows, the threads that
 * share them out, and the choice of the BLAS kernels. No other package touches native buffers; layers above speak of
 * layers and gates. No API: may change with every version.
 */
package sluice.framework.internal.kernel;
