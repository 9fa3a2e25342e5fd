package sluice.framework.internal.loop;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.framework.internal.state.State;
import sluice.framework.result.TaskSummary;

/** What a training learned and measured so far; can be asked for at any time, also after the training was ended by an exception. Mutable. */
public final class LoopResults {
    private final RowAnswers answers;
    private final TrainingTime time;
    private final List<TaskSummary> learned = new ArrayList<>();
    private RowAnswers.Rows rows;

    LoopResults(AccuracyMatrix empty, RowAnswers answers, TrainingTime time) {
        this.rows = RowAnswers.Rows.of(empty);
        this.answers = answers;
        this.time = time;
    }

    /** {@return accuracies that are known so far} */
    public AccuracyMatrix matrix() {
        return rows.accuracies();
    }

    /** {@return errors that are known so far, where numbers are predicted; else without cells} */
    public RegressionMatrix errors() {
        return rows.errors();
    }

    /** {@return what each task took that was learned so far} */
    public ImmutableList<TaskSummary> learned() {
        return ImmutableList.copyOf(learned);
    }

    /** {@return seconds of evaluation so far} */
    public double evaluationSeconds() {
        return time.evaluationSeconds();
    }

    /** Measures what the row after the last task that was learned lacks, as it was not to be the last. */
    public void complete() {
        rows = time.evaluated(() -> answers.completed(rows, learned.size()));
    }

    void add(TaskSummary summary) {
        learned.add(summary);
    }

    /** Fills the row after so many tasks, every cell that is wanted, by answering all test examples, and tells of it. */
    void measure(int row) {
        rows = time.evaluated(() -> answers.filled(rows, row));
        answers.tell(rows, row);
    }

    /** Tells the listener of the row after the last task that was learned. */
    void tell() {
        answers.tell(rows, learned.size());
    }

    void state(State state) {
        LoopRecord record = LoopRecord.read(
                state.bytes("results", LoopRecord.of(rows, learned).bytes()));
        rows = record.rows(rows);
        if (state.restores()) {
            learned.addAll(record.summaries());
        }
    }
}
