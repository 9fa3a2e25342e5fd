/**
 * Internal: the numbers of predictions, in plain Java, and what training shares with them. No API: may change with every
 * version.
 */
package sluice.framework.predict.internal.kernel;
