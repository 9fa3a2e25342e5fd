package sluice.framework.internal.step;

import sluice.framework.internal.layer.Activations;

/**
 * What a layer lies on in a training step.
 *
 * @param below the units of the layer below, or the inputs
 * @param values what they have to say
 */
record LayerInput(UnitOrder below, Activations values) {}
