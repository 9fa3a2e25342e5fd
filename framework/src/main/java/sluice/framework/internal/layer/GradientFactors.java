package sluice.framework.internal.layer;

import sluice.framework.internal.kernel.NativeMatrix;

/**
 * What a weight gradient is the product of.
 *
 * @param dz gradient before the ReLU [units, batch]
 * @param input what the layer took in
 */
public record GradientFactors(NativeMatrix dz, Activations input) {}
