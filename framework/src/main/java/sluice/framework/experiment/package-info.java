/**
 * A task-sequence script as one reproducible run: settings become values, data is loaded, a network is taught, and the
 * results land in a run folder, whole or not at all.
 */
package sluice.framework.experiment;
