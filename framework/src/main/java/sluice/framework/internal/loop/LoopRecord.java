package sluice.framework.internal.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.regression.RegressionCell;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.evaluation.run.TaskRecord;
import sluice.framework.internal.state.StateMisfitException;
import sluice.framework.result.SummaryRecords;
import sluice.framework.result.TaskSummary;

/**
 * Results so far, as checkpoints hold them.
 *
 * @param cells of the accuracy matrix that are known
 * @param errors cells of the matrix of errors that are known, where numbers are predicted
 * @param tasks what each took that is learned
 */
record LoopRecord(List<Cell> cells, List<ErrorCell> errors, List<TaskRecord> tasks) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** A cell: so many right of so many, of a task after another. */
    record Cell(int row, int task, int correct, int total) {}

    /** A cell: errors of a task after another. */
    record ErrorCell(int row, int task, RegressionCell error) {}

    /** Checkpoints of earlier versions have no errors. */
    LoopRecord {
        errors = errors == null ? List.of() : errors;
    }

    static LoopRecord of(RowAnswers.Rows rows, List<TaskSummary> learned) {
        AccuracyMatrix matrix = rows.accuracies();
        List<Cell> cells = new ArrayList<>();
        int tasks = matrix.tasks().size();
        for (int row = 0; row <= tasks; row++) {
            for (int task = 1; task <= tasks; task++) {
                int after = row;
                int of = task;
                matrix.cell(row, task).ifPresent(cell -> cells.add(new Cell(after, of, cell.correct(), cell.total())));
            }
        }
        List<ErrorCell> errors = rows.errors().cells().cellSet().stream()
                .map(cell -> new ErrorCell(cell.getRowKey(), cell.getColumnKey(), cell.getValue()))
                .toList();
        return new LoopRecord(
                cells, errors, learned.stream().map(SummaryRecords::of).toList());
    }

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static LoopRecord read(byte[] bytes) {
        try {
            return JSON.readValue(bytes, LoopRecord.class);
        } catch (IOException unreadable) {
            throw new StateMisfitException("results so far cannot be read: " + unreadable.getMessage());
        }
    }

    /** Those matrices with these cells. */
    RowAnswers.Rows rows(RowAnswers.Rows empty) {
        return new RowAnswers.Rows(matrix(empty.accuracies()), errors(empty.errors()));
    }

    private RegressionMatrix errors(RegressionMatrix empty) {
        RegressionMatrix.Builder known = RegressionMatrix.builder(empty.strategy(), empty.seed(), empty.tasks());
        known.setAll(empty, 0);
        for (ErrorCell cell : errors) {
            if (!known.isSet(cell.row(), cell.task())) {
                known.set(cell.row(), cell.task(), cell.error());
            }
        }
        return known.build();
    }

    private AccuracyMatrix matrix(AccuracyMatrix empty) {
        AccuracyMatrix matrix = empty;
        for (Cell cell : cells) {
            if (matrix.cell(cell.row(), cell.task()).isEmpty()) {
                matrix = matrix.with(cell.row(), cell.task(), cell.correct(), cell.total());
            }
        }
        return matrix;
    }

    ImmutableList<TaskSummary> summaries() {
        return tasks.stream().map(SummaryRecords::of).collect(ImmutableList.toImmutableList());
    }
}
