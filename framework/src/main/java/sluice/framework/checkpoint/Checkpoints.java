package sluice.framework.checkpoint;

import java.util.Optional;

/** What a training goes on from, and who takes what another may go on from. Asked between steps, by the thread that trains. */
public interface Checkpoints {
    /** Nothing is gone on from, and nothing taken. */
    Checkpoints NONE = none(false, false);

    /** The same, but for the end of the training, from which another run may go on: wanted, whatever that takes. */
    Checkpoints NONE_BUT_LEARNER = none(true, true);

    /** The same where that takes nothing but its file. */
    Checkpoints NONE_BUT_USUAL_LEARNER = none(true, false);

    private static Checkpoints none(boolean learner, boolean asked) {
        return new Checkpoints() {
            @Override
            public Optional<Checkpoint> start() {
                return Optional.empty();
            }

            @Override
            public boolean due() {
                return false;
            }

            @Override
            public void take(Checkpoint checkpoint) {
                throw new IllegalStateException("no checkpoint is due");
            }

            @Override
            public boolean keepsLearner() {
                return learner;
            }

            @Override
            public boolean asksForLearner() {
                return asked;
            }
        };
    }

    /** {@return what to go on from; empty where a training begins} */
    Optional<Checkpoint> start();

    /** {@return whether one is to be taken now; asked after every step after which one can be kept} */
    boolean due();

    /**
     * Takes a checkpoint, which nothing changes any more.
     *
     * @param checkpoint of this moment
     */
    void take(Checkpoint checkpoint);

    /**
     * Told that one was due and could not be made; the training goes on.
     *
     * @param why in words
     */
    default void missed(String why) {}

    /**
     * Told that the training stands where {@link #start} was taken, before its next step.
     *
     * @param checkpoint that it went on from
     */
    default void resumed(Checkpoint checkpoint) {}

    /** {@return whether the end of the training is wanted, too, for another run to go on from; not unless it says otherwise} */
    default boolean keepsLearner() {
        return false;
    }

    /** {@return whether that is wanted even where more must be learned for it; not unless it says otherwise} */
    default boolean asksForLearner() {
        return false;
    }
}
