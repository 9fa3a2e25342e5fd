/** Two builds of Sluice against each other on one machine, in turns: what {@code sluice bench --against} measures. */
package sluice.framework.bench.builds;
