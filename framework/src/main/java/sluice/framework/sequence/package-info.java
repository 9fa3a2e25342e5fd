/** Tasks that are learned in turn, in one run or in several: what later runs must know of those before. */
package sluice.framework.sequence;
