/** Layers and their shapes: fully connected or convolutional, their connections, activations and initial weights. */
package sluice.framework.layer;
