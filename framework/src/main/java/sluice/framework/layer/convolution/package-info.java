/** The convolution: its shape, products of the training step, prediction, description in a model file and cost. */
package sluice.framework.layer.convolution;
