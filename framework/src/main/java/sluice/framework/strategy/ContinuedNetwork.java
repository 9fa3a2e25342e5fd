package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.regression.RegressionCell;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.framework.ContinualResult;
import sluice.framework.Evaluation;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkExits;
import sluice.framework.network.Retention;
import sluice.framework.network.TaskProvenance;
import sluice.framework.result.ForwardingListener;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Examples;
import sluice.tasks.TargetScale;
import sluice.tasks.Task;

/** A gated network that learns on: its earlier tasks are asked again after each of this run, and what they froze is compared. */
final class ContinuedNetwork {
    private final GatedNetwork network;
    private final ContinuedMatrix matrix;
    private final Retention retention;

    /**
     * @param network as it is before it learns more
     * @param earlier what is at hand of the tasks that it knows
     * @param evaluation which cells are measured
     */
    ContinuedNetwork(GatedNetwork network, EarlierTasks earlier, Evaluation evaluation) {
        this.network = network;
        ImmutableList<String> known = ImmutableList.copyOf(network.tasks());
        ImmutableList<Task> asked = earlier.asked(
                known,
                task -> network.classes(task.name()).equals(task.classes())
                        && TaskProvenance.scale(network.provenance(), task.name())
                                        .isPresent()
                                == task.isRegression()
                        && task.test().features() == network.inputs());
        this.matrix = new ContinuedMatrix(known, earlier, asked, evaluation);
        this.retention = new Retention(network);
        asked.forEach(retention::record);
    }

    /** Tells what cannot be had. */
    void tell(TrainingListener listener, String run) {
        matrix.gap(run, knowsNumbers())
                .ifPresent(gap -> listener.warning(gap + "; what is frozen is proven unchanged after every task"));
    }

    /** Asks earlier tasks after each row. */
    TrainingListener listening(TrainingListener listener) {
        return new AskingListener(listener);
    }

    private final class AskingListener extends ForwardingListener {
        AskingListener(TrainingListener listener) {
            super(listener);
        }

        @Override
        public void rowEvaluated(AccuracyMatrix rows, int afterTask) {
            if (!predictsNumbers()
                    && afterTask > 0
                    && matrix.asksAfter(afterTask, rows.tasks().size())) {
                matrix.counted(
                        afterTask,
                        matrix.asked().stream()
                                .mapToInt(ContinuedNetwork.this::correct)
                                .toArray());
            }
            super.rowEvaluated(rows, afterTask);
        }
    }

    private boolean predictsNumbers() {
        return matrix.asked().stream().anyMatch(Task::isRegression);
    }

    /** Whether tasks of earlier runs predict numbers, asked again or not. */
    private boolean knowsNumbers() {
        return matrix.known().stream()
                .anyMatch(
                        task -> TaskProvenance.scale(network.provenance(), task).isPresent());
    }

    /** The errors of all tasks, of which the last were learned in this run; those of earlier ones are the same after each. */
    private RegressionMatrix errors(RegressionMatrix learned) {
        ImmutableList<String> all = ImmutableList.<String>builder()
                .addAll(matrix.known())
                .addAll(learned.tasks())
                .build();
        int before = matrix.known().size();
        RegressionMatrix.Builder errors = RegressionMatrix.builder(learned.strategy(), learned.seed(), all);
        matrix.measured().ifPresent(earlier -> errors.setAll(earlier, 0));
        errors.setAll(learned, before);
        for (Task task : matrix.asked()) {
            RegressionCell now = errors(task);
            for (int row = 1; row <= learned.tasks().size(); row++) {
                if (matrix.measures(task, row, learned.tasks().size()) && learned.isMeasured(row)) {
                    errors.set(before + row, matrix.known().indexOf(task.name()) + 1, now);
                }
            }
        }
        return errors.build();
    }

    private RegressionCell errors(Task task) {
        TargetScale scale =
                TaskProvenance.scale(network.provenance(), task.name()).orElseThrow();
        return RegressionCell.of(task.test().targets(), scale.numbers(network.logits(task.name(), task.test())));
    }

    private int correct(Task task) {
        Examples test = task.test();
        Optional<NetworkExits> exits = NetworkExits.of(network, task.name());
        int[] answers = exits.isPresent()
                ? exits.get().answer(test, exits.get().exits().rule()).classes()
                : largest(network.logits(task.name(), test), task.classes().size());
        int right = 0;
        for (int i = 0; i < answers.length; i++) {
            right += answers[i] == test.label(i) ? 1 : 0;
        }
        return right;
    }

    private static int[] largest(float[] logits, int classes) {
        int[] largest = new int[logits.length / classes];
        for (int row = 0; row < largest.length; row++) {
            for (int c = 1; c < classes; c++) {
                largest[row] = logits[row * classes + c] > logits[row * classes + largest[row]] ? c : largest[row];
            }
        }
        return largest;
    }

    /**
     * Compares what tasks of earlier runs froze, and what those that are asked say, with what it was before.
     *
     * @param learned what came of the tasks that were learned now
     * @return the same with the matrix of all tasks
     * @throws sluice.framework.network.RetentionException if one bit moved
     */
    ContinualResult with(ContinualResult learned) {
        return learned.with(matrix.with(learned.matrix()), learned.errors().map(this::errors), retention.verify());
    }
}
