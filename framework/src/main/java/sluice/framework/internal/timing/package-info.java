/**
 * Internal: what steps, products and predictions cost on a machine, for {@code sluice bench}. No API: may change with every
 * version.
 */
package sluice.framework.internal.timing;
