package sluice.framework.experiment;

import java.nio.file.Path;

/**
 * Where checkpoints of a run are kept, and what is done with those that are there.
 *
 * @param folder of the run
 * @param replaces whether what does not fit is left aside, and the run begins anew
 * @param otherThreads whether a checkpoint of another number of threads is gone on from, with other bits
 */
public record CheckpointFolder(Path folder, boolean replaces, boolean otherThreads) {}
