/** Affine maps of rows of examples, for networks that are not gated by units: with gradients, and moments of an optimiser. */
package sluice.framework.internal.dense;
