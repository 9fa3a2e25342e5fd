/** Internal: a training step on the blocks of open and free units. No API: may change with every version. */
package sluice.framework.internal.step;
