/**
 * Binary stochastic gates and how they learn.
 *
 * <p>Logits of one layer's gates go in; a {@link sluice.gating.GradientEstimator} draws gates from them, is told what
 * the network made of these gates, and gives the gradient with respect to the logits. At the end of a task the gates
 * become a {@link sluice.gating.Subnetwork}, and {@link sluice.gating.ConsolidatedSubnetworks} says what is frozen from
 * then on. Everything here is plain Java in double precision; nothing knows of data or networks.
 */
package sluice.gating;
