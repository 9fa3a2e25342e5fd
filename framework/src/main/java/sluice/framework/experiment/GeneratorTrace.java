package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashSet;
import java.util.Set;
import sluice.framework.internal.state.State;
import sluice.framework.result.ForwardingListener;
import sluice.framework.result.TrainingListener;

/** Keeps what was warned of while a network that generates was trained; the curve of its bound is kept by the training. */
final class GeneratorTrace extends ForwardingListener implements TracedRun {
    private final Set<String> warnings = new LinkedHashSet<>();
    private CheckpointCost checkpoints = CheckpointCost.NONE;

    /**
     * @param listener who is told
     */
    GeneratorTrace(TrainingListener listener) {
        super(listener);
    }

    @Override
    public void warning(String message) {
        super.warning(message);
        warnings.add(message);
    }

    @Override
    public void resumed(String whence, long steps) {
        super.resumed(whence, steps);
        // for the record and the report: on the console it is no warning
        warnings.add("the run was interrupted, and went on from " + whence);
    }

    @Override
    public void state(State state) {
        byte[] passed = state.bytes(
                "passed",
                state.restores()
                        ? new byte[0]
                        : new TraceRecord(ImmutableList.of(), ImmutableList.of(), warnings()).bytes());
        if (state.restores()) {
            // what this process was told of is told again, but for what only it knows
            Set<String> now = new LinkedHashSet<>(warnings);
            warnings.clear();
            warnings.addAll(TraceRecord.read(passed).warnings());
            warnings.addAll(now);
        }
    }

    @Override
    public void checkpoints(CheckpointCost cost) {
        checkpoints = cost;
    }

    /** What checkpoints took. */
    CheckpointCost checkpoints() {
        return checkpoints;
    }

    /** What was warned of, in that order. */
    ImmutableList<String> warnings() {
        return ImmutableList.copyOf(warnings);
    }
}
