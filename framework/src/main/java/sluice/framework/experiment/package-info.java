/**
 * A task-sequence script as one reproducible run: settings become values, data is loaded, a network is taught, and the
 * results land in a run folder, whole or not at all. A comparison is several such runs on the same data, as many
 * at once as there are threads, with their figures side by side.
 */
package sluice.framework.experiment;
