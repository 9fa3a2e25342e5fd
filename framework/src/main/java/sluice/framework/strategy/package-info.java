/**
 * Strategies of continual learning, each a value: what is done so that learning a task harms the earlier ones less.
 *
 * <p>A {@link sluice.framework.strategy.Strategy} learns a task sequence and gives an accuracy matrix. Most train one
 * plain network: such a {@link sluice.framework.strategy.PlainStrategy} begins a {@link
 * sluice.framework.strategy.TaskLearner}, whose {@code step} is the whole of what happens to a mini-batch and reads like
 * the paper. What it works with - network, loss, optimiser, outputs - is a {@link
 * sluice.framework.strategy.PlainTraining}. Scripts look strategies up in the table {@link
 * sluice.framework.strategy.Strategies}. {@link sluice.framework.strategy.ReferenceModels} learn the tasks without their
 * order, for results to be held against.
 */
package sluice.framework.strategy;
