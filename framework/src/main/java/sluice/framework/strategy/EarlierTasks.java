package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.tasks.Task;

/**
 * What is at hand of tasks that were learned in earlier runs.
 *
 * @param rows their accuracies as they were measured then; empty where nobody kept them
 * @param errors how far their numbers were off then; empty where they have classes, or nobody kept it
 * @param tasks those of them whose test examples are there, in any order: they are asked again
 * @param missing why others are not, as in "their data are not given"
 */
public record EarlierTasks(
        Optional<AccuracyMatrix> rows, Optional<RegressionMatrix> errors, ImmutableList<Task> tasks, String missing) {
    /** Nothing. */
    public static final EarlierTasks NONE =
            new EarlierTasks(Optional.empty(), ImmutableList.of(), "their data are not given");

    /**
     * What is at hand of tasks, without errors of numbers.
     *
     * @param rows their accuracies as they were measured then; empty where nobody kept them
     * @param tasks those of them whose test examples are there, in any order: they are asked again
     * @param missing why others are not, as in "their data are not given"
     */
    public EarlierTasks(Optional<AccuracyMatrix> rows, ImmutableList<Task> tasks, String missing) {
        this(rows, Optional.empty(), tasks, missing);
    }

    /** Those that are known and fit, in the order in which they were learned. */
    ImmutableList<Task> asked(List<String> known, Predicate<Task> fits) {
        return tasks.stream()
                .filter(task -> task.isTested() && known.contains(task.name()) && fits.test(task))
                .sorted(Comparator.comparing(task -> known.indexOf(task.name())))
                .collect(ImmutableList.toImmutableList());
    }

    private Optional<AccuracyMatrix> rowsOf(List<String> known) {
        return rows.filter(matrix -> matrix.tasks().equals(known));
    }

    /** A matrix that begins with tasks that are known, with what was measured of them. */
    AccuracyMatrix rowsInto(AccuracyMatrix matrix, List<String> known) {
        return rowsOf(known).map(before -> matrix.withCells(before, 0)).orElse(matrix);
    }

    /** What errors of tasks that are known were measured. */
    Optional<RegressionMatrix> errorsOf(List<String> known) {
        return errors.filter(before -> before.tasks().equals(known));
    }

    /** What of the matrix cannot be had, if anything: that of errors, where tasks predict numbers. */
    Optional<String> gap(String run, List<String> known, int asked, boolean ofNumbers) {
        List<String> lines = new ArrayList<>();
        if (asked < known.size()) {
            lines.add("%d of the %d tasks that %s has learned are not asked again, as %s"
                    .formatted(known.size() - asked, known.size(), run, missing));
        }
        boolean isKept = ofNumbers ? errorsOf(known).isPresent() : rowsOf(known).isPresent();
        if (!isKept && !known.isEmpty()) {
            lines.add("what was measured before is not at hand");
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of("network.from: %s: these cells of the %s are missing"
                        .formatted(String.join(", and ", lines), ofNumbers ? "matrix of errors" : "accuracy matrix"));
    }
}
