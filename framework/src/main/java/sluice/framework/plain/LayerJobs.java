package sluice.framework.plain;

import sluice.framework.internal.kernel.Lanes;

/**
 * What lanes do for one layer in a pass, in this order: made once, so that a pass allocates nothing.
 *
 * @param upload takes over the weights of live inputs
 * @param forward from the layer below
 * @param gate hands up what live units are; nothing in the output layer
 * @param pick the weights between live inputs and live units
 * @param propagate the gradient to the layer below, where there is one
 * @param form the gradient of the weights
 */
record LayerJobs(
        Lanes.Job upload, Lanes.Job forward, Lanes.Job gate, Lanes.Job pick, Lanes.Job propagate, Lanes.Job form) {}
