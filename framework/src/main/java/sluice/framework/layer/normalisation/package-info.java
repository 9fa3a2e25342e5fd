/** Normalisation of a layer's products before the ReLU: the kinds, and the layer of any other kind that has one. */
package sluice.framework.layer.normalisation;
