/** Layers: what every kind of them is asked for, weights with their initial values, and what layers lie on. */
package sluice.framework.layer;
