package sluice.framework.checkpoint;

import java.util.Optional;

/** What a training goes on from, and who takes what another may go on from. Asked between steps, by the thread that trains. */
public interface Checkpoints {
    /** Nothing is gone on from, and nothing taken. */
    Checkpoints NONE = none(false);

    /** The same, but for the end of the training, from which another run may go on. */
    Checkpoints NONE_BUT_LEARNER = none(true);

    private static Checkpoints none(boolean learner) {
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
}
