package sluice.framework.result;

import java.util.concurrent.CancellationException;
import sluice.evaluation.AccuracyMatrix;

/** A listener ended a training, and the accuracies of earlier runs' tasks are known to whoever trained alone. */
public final class LearningStoppedException extends CancellationException {
    private static final long serialVersionUID = 1L;

    private final transient AccuracyMatrix rows;

    /**
     * {@link #rows} of a training that was ended.
     *
     * @param rows of all tasks, as far as they were measured
     * @param cause by which the listener ended it
     */
    public LearningStoppedException(AccuracyMatrix rows, CancellationException cause) {
        super(cause.getMessage());
        initCause(cause);
        this.rows = rows;
    }

    /** {@return accuracies of all tasks, as far as they were measured} */
    public AccuracyMatrix rows() {
        return rows;
    }
}
