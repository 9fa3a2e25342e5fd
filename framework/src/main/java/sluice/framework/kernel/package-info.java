/**
 * The one place for numbers: native single-precision matrices, the matrix multiply, and the choice of the BLAS kernels
 * and threads. No other package touches native buffers; layers above speak of layers and gates.
 */
package sluice.framework.kernel;
