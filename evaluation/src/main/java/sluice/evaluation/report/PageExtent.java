package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much of matrices, runs and strategies a page shows. What matters most is beyond it: the figures of the headline, and of
 * a strategy that is shown whole, per task the accuracy when it was learned, the last one, and forgetting.
 *
 * @param matrixTasks rows and columns of a matrix at the most, the untrained row apart, at least 2
 * @param everyRun whether each run is listed, with figures and a matrix of its own; else the first of each strategy is
 * @param everyMetric whether all figures are listed, or those of the headline and the costs
 * @param whole strategies that are shown with matrices and runs; the others with their figures only
 * @param listed strategies that are shown at all
 * @param nameLength characters of a name at the most
 */
record PageExtent(int matrixTasks, boolean everyRun, boolean everyMetric, int whole, int listed, int nameLength) {
    private static final int ALL = Integer.MAX_VALUE;

    /** Cells of all matrices together at the most, which bounds the memory that a page takes while it is made. */
    private static final long MOST_CELLS = 160_000;

    private static final int MANY_TASKS = 150;
    private static final int DEFAULT_TASKS = 48;
    private static final int FEWEST_TASKS = 6;
    private static final int FEWEST_WHOLE = 4;
    private static final int FEWEST_LISTED = 10;
    private static final int NAME_LENGTH = 60;

    /** The most that may be tried of a report. */
    static PageExtent of(ReportData data) {
        PageExtent all = new PageExtent(ALL, true, true, ALL, ALL, ALL);
        return all.cells(data) <= MOST_CELLS ? all : all.withoutRuns(data).fitted(data);
    }

    private PageExtent withoutRuns(ReportData data) {
        return new PageExtent(
                matrixTasks, data.runs().size() == data.strategies().size(), everyMetric, whole, listed, nameLength);
    }

    private PageExtent fitted(ReportData data) {
        PageExtent fitted = this;
        while (fitted.cells(data) > MOST_CELLS) {
            boolean narrow = fitted.matrixTasks <= FEWEST_TASKS;
            fitted = narrow
                    ? fitted.withWhole(Math.min(fitted.whole, data.strategies().size()) / 2)
                    : fitted.withTasks(Math.min(fitted.matrixTasks, data.tasks().size()) * 3 / 4);
        }
        return fitted;
    }

    /** Cells of the matrices that are shown. */
    private long cells(ReportData data) {
        int strategies = Math.min(whole, data.strategies().size());
        // a strategy of one run has that run's matrix
        int ofRuns = everyRun ? data.runs().size() : strategies;
        int ofStrategies = data.runs().size() > data.strategies().size() ? strategies : 0;
        long side = tasks(data).numbers().size();
        return (ofRuns + ofStrategies) * side * (side + 1);
    }

    /** The tasks that matrices show. */
    EvenTasks tasks(ReportData data) {
        return EvenTasks.of(data.tasks().size(), matrixTasks);
    }

    /** Matrices of half as many tasks, where they show more than anybody can tell apart. */
    Optional<PageExtent> thinner(ReportData data) {
        int tasks = Math.min(matrixTasks, data.tasks().size());
        return tasks > MANY_TASKS ? Optional.of(withTasks(tasks / 2)) : Optional.empty();
    }

    /** A step further, where there is one. */
    Optional<PageExtent> smaller(ReportData data) {
        int tasks = Math.min(matrixTasks, data.tasks().size());
        int strategies = Math.min(whole, data.strategies().size());
        int names = Math.min(listed, data.strategies().size());
        if (everyRun && data.runs().size() > data.strategies().size()) {
            return Optional.of(new PageExtent(matrixTasks, false, everyMetric, whole, listed, nameLength));
        }
        if (tasks > DEFAULT_TASKS) {
            return Optional.of(withTasks(tasks / 2));
        }
        if (nameLength > NAME_LENGTH && hasLongNames(data)) {
            return Optional.of(new PageExtent(matrixTasks, everyRun, everyMetric, whole, listed, NAME_LENGTH));
        }
        if (everyMetric) {
            return Optional.of(new PageExtent(matrixTasks, everyRun, false, whole, listed, nameLength));
        }
        if (strategies > FEWEST_WHOLE) {
            return Optional.of(withWhole(strategies / 2));
        }
        if (names > FEWEST_LISTED) {
            return Optional.of(new PageExtent(matrixTasks, everyRun, false, whole, names * 3 / 4, nameLength));
        }
        return tasks > FEWEST_TASKS ? Optional.of(withTasks(tasks / 2)) : Optional.empty();
    }

    private static boolean hasLongNames(ReportData data) {
        return Stream.of(
                        data.tasks().stream(),
                        data.runs().stream().map(ReportRun::strategy),
                        data.runs().stream().map(ReportRun::place),
                        data.failed().stream().map(FailedRun::reason))
                .flatMap(names -> names)
                .anyMatch(name -> name.length() > NAME_LENGTH);
    }

    private PageExtent withTasks(int most) {
        return new PageExtent(Math.max(2, most), everyRun, everyMetric, whole, listed, nameLength);
    }

    private PageExtent withWhole(int most) {
        return new PageExtent(matrixTasks, everyRun, everyMetric, Math.max(1, most), listed, nameLength);
    }

    /** What a reader must know of what is not shown. */
    ImmutableList<String> notes(ReportData data) {
        ImmutableList.Builder<String> notes = ImmutableList.builder();
        int strategies = data.strategies().size();
        if (!tasks(data).all()) {
            notes.add((data.score() == ReportScore.ACCURACY ? "accuracy matrices" : "matrices of RMSE") + " show "
                    + tasks(data).words() + "; forgetting per task has all, and so has "
                    + data.score().file());
        }
        if (!everyRun && data.runs().size() > strategies) {
            notes.add(counted(
                    "%,d runs are summed up by means and intervals, and only the first of each strategy is listed; metrics.csv has all",
                    data.runs().size()));
        }
        if (!everyMetric) {
            notes.add("only the figures of the headline are listed; metrics.csv has all");
        }
        if (whole < strategies) {
            notes.add(counted("matrices and runs are shown of the first %,d of %,d strategies", whole, strategies));
        }
        if (listed < strategies) {
            notes.add(counted("the first %,d of %,d strategies are listed; metrics.csv has all", listed, strategies));
        }
        if (nameLength < ALL) {
            notes.add(counted("names are cut after %,d characters", nameLength));
        }
        return notes.build();
    }

    private static String counted(String text, Object... counts) {
        return String.format(Locale.ROOT, text, counts);
    }
}
