package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.ContinualResult;
import sluice.framework.ExampleWork;
import sluice.framework.result.TrainingResult;

/** What a run that was stopped says of the tasks that it learned, as if they had been all. */
final class LearnedTasks {
    private LearnedTasks() {}

    /** Rows and columns of tasks up to the last row; empty if no task was learned. */
    static Optional<AccuracyMatrix> of(AccuracyMatrix rows) {
        int learned = IntStream.rangeClosed(1, rows.tasks().size())
                .filter(row -> isMeasured(rows, row))
                .max()
                .orElse(0);
        return learned == 0 ? Optional.empty() : Optional.of(of(rows, learned));
    }

    /** By any task, as one alone may never be tested. */
    private static boolean isMeasured(AccuracyMatrix rows, int row) {
        return IntStream.rangeClosed(1, rows.tasks().size())
                .anyMatch(task -> rows.cell(row, task).isPresent());
    }

    private static AccuracyMatrix of(AccuracyMatrix rows, int learned) {
        AccuracyMatrix.Builder matrix = AccuracyMatrix.builder(
                rows.strategy(), rows.seed(), rows.tasks().subList(0, learned));
        for (int row = 0; row <= learned; row++) {
            for (int task = 1; task <= learned; task++) {
                int afterTask = row;
                int column = task;
                rows.cell(row, task).ifPresent(cell -> matrix.set(afterTask, column, cell));
            }
        }
        return matrix.build();
    }

    /** Whether training came to its end. */
    static boolean areAll(TrainingResult result) {
        int tasks = result.matrix().tasks().size();
        return result.tasks().size() == tasks || isMeasured(result.matrix(), tasks);
    }

    /** The result of the tasks whose row was measured; empty if there is none, or the result is not of a gated network. */
    static Optional<ContinualResult> of(TrainingResult ended) {
        if (!(ended instanceof ContinualResult stopped)) {
            return Optional.empty();
        }
        // of earlier runs, which the matrix has too
        int before = stopped.network().tasks().size() - stopped.tasks().size();
        return of(stopped.matrix())
                .filter(matrix -> matrix.tasks().size() > before)
                .map(matrix -> new ContinualResult(
                        stopped.network(),
                        matrix,
                        stopped.errors(),
                        ImmutableList.copyOf(
                                stopped.tasks().subList(0, matrix.tasks().size() - before)),
                        stopped.evaluationSeconds(),
                        ExampleWork.NONE));
    }
}
