package sluice.framework.experiment;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import sluice.evaluation.AccuracyMatrix;

/** A training ended at a step because nobody wants it to go on. */
public final class RunStoppedException extends CancellationException {
    private static final long serialVersionUID = 1L;

    private final transient AccuracyMatrix rows;
    private final transient Outcome learned;

    RunStoppedException(AccuracyMatrix rows) {
        this(rows, null);
    }

    RunStoppedException(AccuracyMatrix rows, Outcome learned) {
        super("the run was stopped");
        this.rows = rows;
        this.learned = learned;
    }

    /**
     * {@return what came of the tasks that were learned, model and all; empty if none was, or the strategy has no model
     * to keep before its end}
     */
    public Optional<Outcome> learned() {
        return Optional.ofNullable(learned);
    }

    /**
     * {@return the accuracy matrix with the rows of the tasks that were learned; empty if not even the untrained
     * network was evaluated}
     */
    public Optional<AccuracyMatrix> rows() {
        return Optional.ofNullable(rows);
    }
}
