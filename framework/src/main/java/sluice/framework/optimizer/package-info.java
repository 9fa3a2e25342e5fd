/**
 * How parameters move: optimisers, one file each, the settings of a training, and how long it is. Who adds an optimiser
 * writes it after {@link sluice.framework.optimizer.RmsProp}, and gives it a row in {@link
 * sluice.framework.optimizer.Optimizers}.
 */
package sluice.framework.optimizer;
