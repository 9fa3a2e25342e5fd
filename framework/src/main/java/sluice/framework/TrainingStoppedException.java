package sluice.framework;

import java.util.concurrent.CancellationException;
import sluice.framework.result.TrainingResult;

/** A listener ended a training at a step; what was learned before is whole. */
public final class TrainingStoppedException extends CancellationException {
    private static final long serialVersionUID = 1L;

    private final transient ContinualResult learned;
    private final transient TrainingResult result;

    TrainingStoppedException(ContinualResult learned, CancellationException cause) {
        this(learned, learned, cause);
    }

    private TrainingStoppedException(ContinualResult learned, TrainingResult result, CancellationException cause) {
        super(cause.getMessage());
        initCause(cause);
        this.learned = learned;
        this.result = result;
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
     * {@return the same with what else was learned beside the network}
     *
     * @param whole has {@link #learned}
     */
    public TrainingStoppedException within(TrainingResult whole) {
        return new TrainingStoppedException(learned, whole, this);
    }

    /** {@return {@link #learned}, or what else was learned with it} */
    public TrainingResult result() {
        return result;
    }

    /**
     * {@return the network as it was after the last task that was learned, at least one, and the rows of the matrix
     * that were measured}
     */
    public ContinualResult learned() {
        return learned;
    }
}
