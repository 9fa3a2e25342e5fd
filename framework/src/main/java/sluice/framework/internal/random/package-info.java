/** Internal: streams of random numbers, named by what they are for. No API: may change with every version. */
package sluice.framework.internal.random;
