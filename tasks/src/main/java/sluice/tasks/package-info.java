/**
 * Data sets, tasks and task sequences: what a network learns from.
 *
 * <p>A {@link sluice.tasks.DataSet} of labelled examples goes in, is split into {@link sluice.tasks.Task}s or shown to
 * each through a {@link sluice.tasks.FeatureMap} of its own, and comes out as a {@link sluice.tasks.TaskSequence} for
 * training, with a {@link sluice.tasks.Scenario} from which {@link sluice.tasks.OutputLayout} follows. Nothing here
 * knows of networks or gates. {@link sluice.tasks.source.DataSets} has the data sets that are known by name.
 */
package sluice.tasks;
