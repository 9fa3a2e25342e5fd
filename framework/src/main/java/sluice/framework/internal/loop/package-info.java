/**
 * Internal: the one training loop, through which whatever learns a task sequence is walked. No API: may change with every
 * version.
 */
package sluice.framework.internal.loop;
