package sluice.framework.checkpoint;

import static com.google.common.base.Preconditions.checkNotNull;

import java.time.Duration;
import java.util.Optional;

/**
 * What a run keeps of its training.
 *
 * @param every how often a checkpoint is taken, at most; none where there are to be none
 * @param learner whether what a plain strategy remembers in the end is kept for another run to go on from
 */
public record CheckpointSettings(Optional<Duration> every, KeptLearner learner) {
    /** No checkpoint, and no learner. */
    public static final CheckpointSettings NONE = new CheckpointSettings(Optional.empty(), KeptLearner.NEVER);

    /** Checks that both are there. */
    public CheckpointSettings {
        checkNotNull(every, "every");
        checkNotNull(learner, "learner");
    }

    /** {@return the settings of a run that is one of many, which keep learners only where that is asked for} */
    public CheckpointSettings ofMany() {
        return learner == KeptLearner.ALONE ? new CheckpointSettings(every, KeptLearner.NEVER) : this;
    }

    /** {@return whether a learner is kept} */
    public boolean keepsLearner() {
        return learner != KeptLearner.NEVER;
    }

    /** Where learners are kept. */
    public enum KeptLearner {
        /** Of runs that stand alone. */
        ALONE,
        /** Of those of a comparison, too. */
        ALWAYS,
        /** Nowhere. */
        NEVER
    }
}
