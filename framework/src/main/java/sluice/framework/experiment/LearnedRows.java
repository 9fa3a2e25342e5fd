package sluice.framework.experiment;

import java.util.Optional;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.regression.RegressionMatrix;

/**
 * What a training measured until it was stopped.
 *
 * @param accuracies without cells where numbers are predicted
 * @param errors of predicted numbers; empty where classes are told apart
 */
record LearnedRows(AccuracyMatrix accuracies, Optional<RegressionMatrix> errors) {
    /** Those of the tasks up to the last row that was measured; empty if no task was learned. */
    Optional<LearnedRows> learned() {
        int learned = IntStream.rangeClosed(1, accuracies.tasks().size())
                .filter(this::isMeasured)
                .max()
                .orElse(0);
        return learned == 0
                ? Optional.empty()
                : Optional.of(new LearnedRows(first(accuracies, learned), errors.map(all -> first(all, learned))));
    }

    /** By any task, as one alone may never be tested. */
    boolean isMeasured(int row) {
        return errors.map(all -> all.isMeasured(row)).orElseGet(() -> accuracies.isMeasured(row));
    }

    private static AccuracyMatrix first(AccuracyMatrix rows, int learned) {
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

    private static RegressionMatrix first(RegressionMatrix rows, int learned) {
        RegressionMatrix.Builder matrix = RegressionMatrix.builder(
                rows.strategy(), rows.seed(), rows.tasks().subList(0, learned));
        rows.cells().cellSet().stream()
                .filter(cell -> cell.getRowKey() <= learned && cell.getColumnKey() <= learned)
                .forEach(cell -> matrix.set(cell.getRowKey(), cell.getColumnKey(), cell.getValue()));
        return matrix.build();
    }
}
