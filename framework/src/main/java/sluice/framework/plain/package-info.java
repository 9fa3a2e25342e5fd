/**
 * A plain network whose parameters lie in one flat array, for strategies that look at every parameter: penalties,
 * importances, masks and projections are loops over that array. Its fully connected layers take examples as rows and leave
 * out what is 0 in all of a batch; layers of maps below them run the products that their kind has in the training step of a
 * gated network.
 *
 * <p>A {@link sluice.framework.plain.Batch} of examples goes in, {@linkplain
 * sluice.framework.plain.PlainNetwork#forward forward} gives logits, a loss gives their gradient, {@linkplain
 * sluice.framework.plain.PlainNetwork#backward backward} fills the gradient, and {@link
 * sluice.framework.plain.FlatOptimizer} moves the parameters. Nothing here knows of tasks or strategies.
 */
package sluice.framework.plain;
