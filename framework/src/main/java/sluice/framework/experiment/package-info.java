/**
 * A task sequence as one reproducible run, of a script or of values: data is loaded, a network is taught, and the
 * results land in a run folder, whole or not at all. A comparison is several such runs on the same data, as many
 * at once as there are threads, with their figures side by side.
 *
 * <p>An {@link sluice.framework.experiment.Experiment} is one run; what it does is a {@link
 * sluice.framework.experiment.RunPlan}, which scripts and {@link sluice.framework.experiment.Variant}s come to alike.
 */
package sluice.framework.experiment;
