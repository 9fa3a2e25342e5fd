package sluice.framework.internal.loop;

import java.util.Optional;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingControl;
import sluice.framework.result.TrainingControl.Next;

/** Whether whoever controls a training has ended it before its length, and what then becomes of the task. Mutable. */
final class Ending {
    private final Optional<TrainingControl> control;
    private Next said = Next.CONTINUE;

    /**
     * @param control who is asked, if anybody
     */
    Ending(Optional<TrainingControl> control) {
        this.control = control;
    }

    /** Asks before the first step of a task. */
    boolean comesBefore(String task) {
        return comesAfter(task, 0);
    }

    /** Asks after a step of a task. */
    boolean comesAfter(String task, long steps) {
        if (control.isPresent()) {
            said = control.get().next(task, steps);
        }
        return is();
    }

    boolean is() {
        return said != Next.CONTINUE;
    }

    boolean rollsBack() {
        return said == Next.ROLL_BACK;
    }

    /** What learning the task took, which may have had fewer steps than it was to have. */
    TaskSummary on(TaskSummary summary, long steps) {
        return is() ? summary.after(steps) : summary;
    }
}
