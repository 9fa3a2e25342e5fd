package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Locale;

/**
 * What checkpoints took, in this process.
 *
 * @param taken how many
 * @param waiting seconds that training waited for copies of its state, part of its own
 * @param writing seconds of a processor that wrote them beside it
 */
record CheckpointCost(int taken, double waiting, double writing) {
    static final CheckpointCost NONE = new CheckpointCost(0, 0, 0);

    /** Seconds by what they were spent on; none where none was taken. */
    ImmutableMap<String, Double> seconds() {
        return taken == 0 ? ImmutableMap.of() : ImmutableMap.of("checkpoints", waiting, "checkpoint_writing", writing);
    }

    /** A line for the end of a run, its subject in the first 18 columns; none where none was taken. */
    ImmutableList<String> lines(double trainSeconds) {
        return taken == 0
                ? ImmutableList.of()
                : ImmutableList.of(String.format(
                        Locale.ROOT,
                        "checkpoints       %,d, for which training waited %.2f s (%.2f %% of it), and %.2f s of writing beside it",
                        taken,
                        waiting,
                        100 * waiting / trainSeconds,
                        writing));
    }
}
