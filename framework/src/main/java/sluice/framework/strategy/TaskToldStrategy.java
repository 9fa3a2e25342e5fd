package sluice.framework.strategy;

import com.google.common.collect.ImmutableSet;
import sluice.tasks.Scenario;

/** A strategy with weights, masks or gates of each task's own: which to use is known only where the task is. */
interface TaskToldStrategy extends PlainStrategy {
    @Override
    default ImmutableSet<Scenario> scenarios() {
        return ImmutableSet.of(Scenario.TASK);
    }
}
