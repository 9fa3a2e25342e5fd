package sluice.framework.internal.loop;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import sluice.framework.internal.state.State;
import sluice.framework.result.SummaryRecords;
import sluice.framework.result.TaskSummary;

/** What learning a task took, as state of a training that goes on. */
public final class SummaryState {
    private SummaryState() {}

    /** Tells a summary, if there is one; returns that which is from now on. */
    public static Optional<TaskSummary> tell(State state, String name, Optional<TaskSummary> summary) {
        LoopRecord now = new LoopRecord(
                ImmutableList.of(),
                ImmutableList.of(),
                summary.stream().map(SummaryRecords::of).collect(ImmutableList.toImmutableList()));
        return LoopRecord.read(state.bytes(name, now.bytes())).summaries().stream()
                .findFirst();
    }
}
