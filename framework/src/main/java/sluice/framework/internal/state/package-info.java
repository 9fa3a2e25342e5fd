/** Internal: what checkpoints hold, and how whatever has state tells it. No API: may change with every version. */
package sluice.framework.internal.state;
