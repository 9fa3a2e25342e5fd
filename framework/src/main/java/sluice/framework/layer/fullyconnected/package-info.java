/** The fully connected layer: its shape, products of the training step, prediction and cost. */
package sluice.framework.layer.fullyconnected;
