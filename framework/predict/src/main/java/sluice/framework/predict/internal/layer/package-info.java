/** Internal: compiled layers, and how a prediction goes through them. No API: may change with every version. */
package sluice.framework.predict.internal.layer;
