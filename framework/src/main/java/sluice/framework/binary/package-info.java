/** Classifiers whose hidden units are stochastic binary neurons themselves. */
package sluice.framework.binary;
