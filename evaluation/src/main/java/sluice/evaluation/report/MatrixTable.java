package sluice.evaluation.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.CsvLine;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;
import sluice.evaluation.RunMetrics;

/**
 * Accuracies that any system wrote, as a line per cell: columns after_task and task, and accuracy or correct and total
 * (or all three), and optionally strategy and seed, in any order.
 */
final class MatrixTable {
    private static final ImmutableSet<String> KNOWN =
            ImmutableSet.of("strategy", "seed", "after_task", "task", "correct", "total", "accuracy");
    private static final String EXPECTATION =
            ": write the columns after_task,task,accuracy or after_task,task,correct,total, with strategy and seed where there are several";
    private static final double TOLERANCE = 1e-9;

    private final CsvRows rows;
    private final AccuracyScale scale;

    private MatrixTable(CsvRows rows, AccuracyScale scale) {
        this.rows = rows;
        this.scale = scale;
    }

    static boolean isLong(CsvRows rows) {
        return rows.first().values().contains("after_task");
    }

    /**
     * @param in where from
     * @param source what to call it in messages
     * @param isPercent whether accuracies are in [0, 100]
     * @param strategy name for a file that gives none
     */
    static ImmutableList<ReportRun> read(Reader in, String source, boolean isPercent, String strategy)
            throws IOException {
        CsvRows rows = CsvRows.read(in, source);
        AccuracyScale scale = new AccuracyScale(isPercent);
        List<Measured> runs = isLong(rows)
                ? new MatrixTable(rows, scale).runs(strategy)
                : ImmutableList.of(new MatrixGrid(rows, scale).run(strategy));
        if (isPercent && runs.stream().allMatch(run -> Matrices.isAtMost(run.matrix(), 0.01))) {
            throw new MatrixFormatException("%s: no accuracy is above 1 %%: leave --percent out if they are in [0, 1]"
                    .formatted(Printable.of(source)));
        }
        return runs.stream()
                .map(run -> {
                    Matrices.checkComplete(run.matrix(), source);
                    RunMetrics metrics = RunMetrics.of(ForgettingReport.of(run.matrix()));
                    return new ReportRun(
                            source, run.matrix(), run.counted(), DerivedMetric.addTo(metrics), RunDetails.none());
                })
                .collect(toImmutableList());
    }

    /** A matrix, and whether its cells are counts. */
    record Measured(AccuracyMatrix matrix, boolean counted) {}

    private record Key(String strategy, long seed) {}

    private record Place(int afterTask, String task) {}

    private List<Measured> runs(String strategy) {
        checkHeader();
        Map<Key, List<CsvLine>> runs = new LinkedHashMap<>();
        for (CsvLine line : rows.lines(rows.first().values())) {
            Key key = new Key(has("strategy") ? line.name("strategy") : strategy, has("seed") ? line.seed() : 1);
            runs.computeIfAbsent(key, k -> new ArrayList<>()).add(line);
        }
        if (runs.isEmpty()) {
            throw new MatrixFormatException(rows.first().place() + ": there is no line but the header" + EXPECTATION);
        }
        List<Measured> measured = new ArrayList<>();
        runs.forEach((key, lines) -> measured.add(matrix(key, lines)));
        return measured;
    }

    private void checkHeader() {
        Set<String> seen = new HashSet<>();
        for (String column : rows.first().values()) {
            if (!KNOWN.contains(column)) {
                throw refusedHeader("unknown column " + Printable.quoted(column));
            }
            if (!seen.add(column)) {
                throw refusedHeader("column " + column + " is there twice");
            }
        }
        if (!has("task")) {
            throw refusedHeader("missing column task");
        }
        if (!has("accuracy") && !(has("correct") && has("total"))) {
            throw refusedHeader("missing column accuracy");
        }
        if (has("correct") != has("total")) {
            throw refusedHeader("missing column " + (has("correct") ? "total" : "correct"));
        }
    }

    private MatrixFormatException refusedHeader(String what) {
        return new MatrixFormatException(rows.first().place() + ": " + what + EXPECTATION);
    }

    private boolean has(String column) {
        return rows.first().values().contains(column);
    }

    private Measured matrix(Key key, List<CsvLine> lines) {
        List<String> tasks =
                lines.stream().map(line -> line.name("task")).distinct().toList();
        AccuracyMatrix matrix = AccuracyMatrix.empty(key.strategy(), key.seed(), tasks);
        Map<Place, CsvLine> taken = new HashMap<>();
        for (CsvLine line : lines) {
            int after = line.count("after_task", 0);
            if (after > tasks.size()) {
                throw line.refusal(
                        "after_task",
                        after + " tasks are learned, but there are only " + tasks.size()
                                + ": after_task counts the tasks learned; add the lines of the other tasks");
            }
            CsvLine earlier = taken.putIfAbsent(new Place(after, line.name("task")), line);
            if (earlier != null) {
                throw line.refusal(
                        "task",
                        "this cell is on line " + earlier.number()
                                + " already: remove one, or tell runs apart in the columns strategy and seed");
            }
            AccuracyMatrix.Cell cell = cell(line);
            matrix = matrix.with(after, tasks.indexOf(line.name("task")) + 1, cell.correct(), cell.total());
        }
        return new Measured(matrix, has("correct"));
    }

    private AccuracyMatrix.Cell cell(CsvLine line) {
        if (!has("correct")) {
            return scale.cell(line, "accuracy");
        }
        int total = line.count("total", 1);
        int correct = line.count("correct", 0);
        if (correct > total) {
            throw line.refusal("correct", correct + " of " + total + " cannot be correct: correct the counts");
        }
        AccuracyMatrix.Cell cell = new AccuracyMatrix.Cell(correct, total);
        if (has("accuracy")
                && !line.isEmpty("accuracy")
                && Math.abs(scale.accuracy(line, "accuracy") - cell.accuracy()) > TOLERANCE) {
            throw line.refusal(
                    "accuracy",
                    Printable.quoted(line.text("accuracy")) + " is not " + correct + " of " + total
                            + ": correct the accuracy or the counts");
        }
        return cell;
    }
}
