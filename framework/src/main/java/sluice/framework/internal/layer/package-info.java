/**
 * Internal: what a layer kind is asked for by the training step and by prediction, and what it is given for it. No API: may
 * change with every version.
 */
package sluice.framework.internal.layer;
