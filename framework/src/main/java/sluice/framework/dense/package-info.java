/**
 * A plain fully connected network whose parameters lie in one flat array, for strategies that look at every parameter:
 * penalties, importances, masks and projections are loops over that array.
 *
 * <p>A {@link sluice.framework.dense.Batch} of examples goes in, {@linkplain
 * sluice.framework.dense.DenseNetwork#forward forward} gives logits, a loss gives their gradient, {@linkplain
 * sluice.framework.dense.DenseNetwork#backward backward} fills the gradient, and {@link
 * sluice.framework.dense.FlatOptimizer} moves the parameters. Nothing here knows of tasks or strategies.
 */
package sluice.framework.dense;
