package sluice.framework;

import java.util.concurrent.CancellationException;

/** A listener ended a training at a step; what was learned before is whole. */
public final class TrainingStoppedException extends CancellationException {
    private static final long serialVersionUID = 1L;

    private final transient ContinualResult learned;

    TrainingStoppedException(ContinualResult learned, CancellationException cause) {
        super(cause.getMessage());
        initCause(cause);
        this.learned = learned;
    }

    /**
     * {@return the same with more known of what was learned}
     *
     * @param more the same tasks, and others
     */
    public TrainingStoppedException with(ContinualResult more) {
        return new TrainingStoppedException(more, this);
    }

    /**
     * {@return the network as it was after the last task that was learned, at least one, and the rows of the matrix
     * that were measured}
     */
    public ContinualResult learned() {
        return learned;
    }
}
