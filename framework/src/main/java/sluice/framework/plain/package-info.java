/**
 * A plain fully connected network whose parameters lie in one flat array, for strategies that look at every parameter:
 * penalties, importances, masks and projections are loops over that array.
 *
 * <p>A {@link sluice.framework.plain.Batch} of examples goes in, {@linkplain
 * sluice.framework.plain.PlainNetwork#forward forward} gives logits, a loss gives their gradient, {@linkplain
 * sluice.framework.plain.PlainNetwork#backward backward} fills the gradient, and {@link
 * sluice.framework.plain.FlatOptimizer} moves the parameters. Nothing here knows of tasks or strategies.
 */
package sluice.framework.plain;
