/** Time that something takes, on the clock. */
package sluice.framework.internal.clock;
