/**
 * Measurements of neurons and gradient estimators, outside of any network.
 * {@link sluice.framework.bench.NeuronDraws} shows a binary neuron; {@link sluice.framework.bench.Figure} draws what
 * came of a measurement.
 */
package sluice.framework.bench;
