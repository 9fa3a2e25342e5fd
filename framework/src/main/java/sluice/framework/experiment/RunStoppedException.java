package sluice.framework.experiment;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.regression.RegressionMatrix;

/** A training ended at a step because nobody wants it to go on. */
public final class RunStoppedException extends CancellationException {
    private static final long serialVersionUID = 1L;

    private final transient AccuracyMatrix rows;
    private final transient RegressionMatrix errors;
    private final transient Outcome learned;

    RunStoppedException(AccuracyMatrix rows) {
        this(rows, null, null);
    }

    /** Of which there may be none yet, and errors only of predicted numbers. */
    RunStoppedException(AccuracyMatrix rows, RegressionMatrix errors) {
        this(rows, errors, null);
    }

    RunStoppedException(AccuracyMatrix rows, Outcome learned) {
        this(rows, learned == null ? null : learned.training().errors().orElse(null), learned);
    }

    private RunStoppedException(AccuracyMatrix rows, RegressionMatrix errors, Outcome learned) {
        super("the run was stopped");
        this.rows = rows;
        this.errors = errors;
        this.learned = learned;
    }

    /**
     * {@return what came of the tasks that were learned, model and all; empty if none was, or the strategy has no model
     * to keep before its end}
     */
    public Optional<Outcome> learned() {
        return Optional.ofNullable(learned);
    }

    /** What was measured; empty if not even the untrained network was evaluated. */
    Optional<LearnedRows> measured() {
        return rows().map(accuracies -> new LearnedRows(accuracies, Optional.ofNullable(errors)));
    }

    /**
     * {@return the accuracy matrix with the rows of the tasks that were learned; empty if not even the untrained
     * network was evaluated}
     */
    public Optional<AccuracyMatrix> rows() {
        return Optional.ofNullable(rows);
    }
}
