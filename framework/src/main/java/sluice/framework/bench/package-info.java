/**
 * Measurements of neurons and gradient estimators, outside of any network: an
 * {@link sluice.framework.bench.EstimatorBench} measures estimators on small problems against exact gradients, one
 * {@link sluice.framework.bench.Measurement} each; {@link sluice.framework.bench.NeuronDraws} shows a binary neuron.
 * {@link sluice.framework.bench.Figure} draws what came of it.
 */
package sluice.framework.bench;
