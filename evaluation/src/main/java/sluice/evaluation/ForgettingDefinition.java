package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.collect.ImmutableList.toImmutableList;
import static sluice.evaluation.MetricArithmetic.fold;
import static sluice.evaluation.MetricArithmetic.mean;
import static sluice.evaluation.MetricArithmetic.minus;
import static sluice.evaluation.MetricArithmetic.quotient;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What systems mean by forgetting: the same matrix R gives different figures under different definitions, so every
 * figure goes with the definition's {@link #word}. Above 0 is a loss throughout. Where scores are no accuracies, what is said of
 * ranges does not hold. T is the number of tasks; the task
 * learned last has no forgetting yet, and row 0, the untrained network, takes part in none.
 */
public enum ForgettingDefinition implements Metric {
    /**
     * The best accuracy on task j since it was learned, the last row apart, less the last: max R[l][j] - R[T][j] over l =
     * j..T-1, mean over j = 1..T-1 (after Chaudhry et al. 2018; see {@link #BEST_EARLIER_LITERAL}). In [-1, 1]; below 0
     * where the last row is the best. The default.
     */
    BEST_EARLIER(
            "how far a task ends below its best since it was learned, mean over earlier tasks",
            "mean of max(R[j..T-1][j]) - R[T][j], j = 1..T-1",
            "after Chaudhry et al. 2018") {
        @Override
        MetricValue ofEarlier(ScoreMatrix r, int j) {
            int last = r.tasks().size();
            return minus(bestSinceLearned(r, j, last - 1), r.score(last, j));
        }
    },

    /**
     * The accuracy on task j right after it was learned, less the last: R[j][j] - R[T][j], mean over j = 1..T-1
     * (Avalanche). In [-1, 1]; -BWT.
     */
    FIRST(
            "how far a task ends below what it had right after it was learned, mean over earlier tasks",
            "mean of R[j][j] - R[T][j], j = 1..T-1",
            "Avalanche; equal to -BWT") {
        @Override
        MetricValue ofEarlier(ScoreMatrix r, int j) {
            return minus(r.score(j, j), r.score(r.tasks().size(), j));
        }
    },

    /**
     * The best accuracy on task j since it was learned, the last row among them, less the last: max R[l][j] - R[T][j] over
     * l = j..T, mean over j = 1..T-1 (after Mammoth and PyCIL). In [0, 1]: a task that got better counts as not forgotten.
     */
    BEST_OF_ALL(
            "how far a task ends below its best since it was learned, the end included, mean over earlier tasks",
            "mean of max(R[j..T][j]) - R[T][j], j = 1..T-1",
            "after Mammoth, PyCIL; never below 0") {
        @Override
        MetricValue ofEarlier(ScoreMatrix r, int j) {
            int last = r.tasks().size();
            return minus(bestSinceLearned(r, j, last), r.score(last, j));
        }
    },

    /**
     * The drop below the accuracy right after learning, R[j][j] - R[i][j], mean over all pairs j &lt; i of 1..T
     * (Díaz-Rodríguez et al. 2018 and CapyMOA, who call its negative BWT). In [-1, 1]. A task's own figure is the mean
     * over the rows i after its own; in the figure of the run, earlier tasks weigh more, as they have more such rows.
     */
    MEAN_DROP(
            "how far a task is below what it had right after it was learned, mean over all later rows",
            "mean of R[j][j] - R[i][j], 1 <= j < i <= T",
            "CapyMOA; -BWT as defined there") {
        @Override
        MetricValue ofEarlier(ScoreMatrix r, int j) {
            return mean(j + 1, r.tasks().size(), i -> drop(r, i, j));
        }

        @Override
        public MetricValue of(ScoreMatrix r) {
            int last = r.tasks().size();
            if (last == 1) {
                return ofTask(r, 1);
            }
            MetricValue sum = fold(2, last, i -> fold(1, i - 1, j -> drop(r, i, j), Double::sum), Double::sum);
            return quotient(sum, MetricValue.of(last * (last - 1) / 2.0));
        }

        private static MetricValue drop(ScoreMatrix r, int i, int j) {
            return minus(r.score(j, j), r.score(i, j));
        }
    },

    /**
     * The part of the best accuracy on task j since it was learned, the last row apart, that is lost: (max R[l][j] -
     * R[T][j]) / max R[l][j] over l = j..T-1, mean over j = 1..T-1. At most 1; undefined where a task was never answered
     * right.
     */
    RELATIVE(
            "the share of its best since it was learned that a task has lost in the end, mean over earlier tasks",
            "mean of (max(R[j..T-1][j]) - R[T][j]) / max(R[j..T-1][j]), j = 1..T-1",
            "after Chaudhry et al. 2018, as a share") {
        @Override
        MetricValue ofEarlier(ScoreMatrix r, int j) {
            int last = r.tasks().size();
            return share(r, j, bestSinceLearned(r, j, last - 1), r.score(last, j));
        }
    },

    /**
     * {@link #BEST_EARLIER} as the formula of Chaudhry et al. 2018 reads literally: the best is over l = 1..T-1, also rows
     * from before task j was learned, so that a lucky guess before learning counts as knowledge that was lost. A row from
     * before task j was learned takes no part where it does not evaluate the task.
     */
    BEST_EARLIER_LITERAL(
            "how far a task ends below its best, guesses from before it was learned included, mean over earlier tasks",
            "mean of max(R[1..T-1][j]) - R[T][j], j = 1..T-1",
            "Chaudhry et al. 2018, read literally") {
        @Override
        MetricValue ofEarlier(ScoreMatrix r, int j) {
            int last = r.tasks().size();
            return minus(bestOfAnyRow(r, j, last - 1), r.score(last, j));
        }
    },

    /**
     * {@link #BEST_OF_ALL} over l = 1..T, as the code of Mammoth and PyCIL reads literally: also rows from before task j
     * was learned, where they evaluate it. PyCIL never looks ahead and Mammoth by one task, so their matrices are triangles.
     */
    BEST_OF_ALL_LITERAL(
            "how far a task ends below its best ever, guesses and the end included, mean over earlier tasks",
            "mean of max(R[1..T][j]) - R[T][j], j = 1..T-1",
            "Mammoth, PyCIL, read literally") {
        @Override
        MetricValue ofEarlier(ScoreMatrix r, int j) {
            int last = r.tasks().size();
            return minus(bestOfAnyRow(r, j, last), r.score(last, j));
        }
    },

    /** {@link #RELATIVE} with the best over l = 1..T-1, as in {@link #BEST_EARLIER_LITERAL}. */
    RELATIVE_LITERAL(
            "the share of its best that a task has lost, guesses from before it was learned included, mean over earlier tasks",
            "mean of (max(R[1..T-1][j]) - R[T][j]) / max(R[1..T-1][j]), j = 1..T-1",
            "Chaudhry et al. 2018, read literally, as a share") {
        @Override
        MetricValue ofEarlier(ScoreMatrix r, int j) {
            int last = r.tasks().size();
            return share(r, j, bestOfAnyRow(r, j, last - 1), r.score(last, j));
        }
    };

    /** The best accuracy on task j over the rows from its own to a last one. */
    private static MetricValue bestSinceLearned(ScoreMatrix r, int j, int last) {
        return fold(j, last, l -> r.score(l, j), Math::max);
    }

    /** The best accuracy on task j over rows 1 to a last one; those from before it was learned may be missing. */
    private static MetricValue bestOfAnyRow(ScoreMatrix r, int j, int last) {
        int[] measured = IntStream.rangeClosed(1, last)
                .filter(l -> l >= j || r.score(l, j) instanceof MetricValue.Defined)
                .toArray();
        return fold(0, measured.length - 1, n -> r.score(measured[n], j), Math::max);
    }

    private static MetricValue share(ScoreMatrix r, int j, MetricValue best, MetricValue last) {
        MetricValue whole = r.whole(j, best);
        return whole instanceof MetricValue.Undefined ? whole : quotient(minus(best, last), whole);
    }

    private final String words;
    private final String formula;
    private final String source;

    ForgettingDefinition(String words, String formula, String source) {
        this.words = words;
        this.formula = formula;
        this.source = source;
    }

    /** The figure of a task that was not learned last. */
    abstract MetricValue ofEarlier(ScoreMatrix r, int j);

    /**
     * {@return forgetting of the run; undefined where a cell that the formula needs is missing, or with one task only}
     *
     * @param matrix R, of accuracies or other scores
     */
    public MetricValue of(ScoreMatrix matrix) {
        return mean(1, matrix.tasks().size() - 1, j -> ofEarlier(matrix, j));
    }

    /**
     * {@return forgetting of that task alone; undefined where a cell that the formula needs is missing, for the task
     * learned last, and with one task only}
     *
     * @param matrix R, of accuracies or other scores
     * @param task j, in [1, T]
     * @throws IllegalArgumentException if there is no such task
     */
    public MetricValue ofTask(ScoreMatrix matrix, int task) {
        int last = matrix.tasks().size();
        checkArgument(task >= 1 && task <= last, "task must be in [1, %s], got %s", last, task);
        if (last == 1) {
            return MetricValue.undefined("there is only one task");
        }
        return task == last ? MetricValue.undefined("task " + task + " was learned last") : ofEarlier(matrix, task);
    }

    /** {@return its name in scripts and reports, such as {@code best-earlier}} */
    public String word() {
        return Ascii.toLowerCase(name()).replace('_', '-');
    }

    /**
     * {@return the metric's name in files: {@code forgetting} for {@link #BEST_EARLIER}, {@code forgetting_first} and
     * so on for the others}
     */
    @Override
    public String key() {
        return this == BEST_EARLIER ? "forgetting" : "forgetting_" + Ascii.toLowerCase(name());
    }

    /** Its title names the {@link #word}, as systems differ. */
    @Override
    public Description description() {
        return Description.ofAccuracies("Forgetting (" + word() + ")", formula, source, Better.LESS)
                .inWords(words);
    }

    /**
     * {@return that definition, empty if there is none of that name}
     *
     * @param word a definition's {@link #word}
     */
    public static Optional<ForgettingDefinition> of(String word) {
        return Arrays.stream(values())
                .filter(definition -> definition.word().equals(word))
                .findFirst();
    }

    /** {@return the words of all definitions, in order} */
    public static ImmutableList<String> words() {
        return Arrays.stream(values()).map(ForgettingDefinition::word).collect(toImmutableList());
    }
}
