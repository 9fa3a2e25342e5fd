/**
 * Internal: subnetworks compiled for prediction, with the same bits for an example however it is asked for. No API: may change with
 * every version.
 */
package sluice.framework.internal.predict;
