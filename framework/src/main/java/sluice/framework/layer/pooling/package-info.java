/** Pooling of a convolution's maps: the kinds, each with what it does in a training step and in a prediction. */
package sluice.framework.layer.pooling;
