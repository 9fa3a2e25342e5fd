package sluice.evaluation;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A figure of a run whose tasks predict numbers: what a {@link ForgettingMetric} or a {@link ForgettingDefinition} tells of accuracies, told
 * of the root of the mean squared error or of the coefficient of determination. Whichever of both it is, forgetting above 0 is a loss, and
 * transfer above 0 is a gain.
 *
 * @param score what is put in the place of accuracies
 * @param figure which figure of it: a {@link ForgettingMetric} but forgetting, or a {@link ForgettingDefinition}
 */
public record RegressionMetric(RegressionScore score, Metric figure) implements Metric {
    /** Mean over the tasks of the root of the mean squared error, after the last task. */
    public static final RegressionMetric RMSE = new RegressionMetric(RegressionScore.RMSE, ForgettingMetric.ACC);

    /** Mean over the tasks of the coefficient of determination, after the last task. */
    public static final RegressionMetric R2 = new RegressionMetric(RegressionScore.R2, ForgettingMetric.ACC);

    /** Checks that the figure is one of those. */
    public RegressionMetric {
        if (figure == ForgettingMetric.FORGETTING) {
            figure = ForgettingDefinition.BEST_EARLIER;
        }
        if (!(figure instanceof ForgettingMetric) && !(figure instanceof ForgettingDefinition)) {
            throw new IllegalArgumentException("%s is no figure of errors".formatted(figure.key()));
        }
    }

    /** {@return all, those of RMSE first} */
    public static ImmutableList<RegressionMetric> all() {
        return Arrays.stream(RegressionScore.values())
                .flatMap(score -> Stream.<Metric>concat(
                                Arrays.stream(ForgettingMetric.values()), Arrays.stream(ForgettingDefinition.values()))
                        .map(figure -> new RegressionMetric(score, figure)))
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public String key() {
        return figure == ForgettingMetric.ACC ? score.key() : score.key() + "_" + shortKey();
    }

    private String shortKey() {
        if (figure == ForgettingMetric.LEARNING_ACCURACY) {
            return "learning";
        }
        return figure == ForgettingMetric.INCREMENTAL_ACCURACY ? "incremental" : figure.key();
    }

    @Override
    public Description description() {
        boolean ofErrors = score == RegressionScore.RMSE;
        return new Description(
                figure == ForgettingMetric.ACC ? score.name() : score.name() + " " + words(),
                ofErrors ? errorsInWords() : r2InWords(),
                ofErrors ? formulaOfErrors() : formulaOfR2(),
                figure == ForgettingMetric.ACC ? "" : figure.source(),
                ofErrors && !isShare() ? Format.NUMBER : Format.ACCURACY,
                ofErrors && isLevel() ? Better.LESS : figure.better());
    }

    private boolean isLevel() {
        return figure == ForgettingMetric.ACC
                || figure == ForgettingMetric.LEARNING_ACCURACY
                || figure == ForgettingMetric.INCREMENTAL_ACCURACY
                || figure == ForgettingMetric.WORST_TASK;
    }

    private boolean isShare() {
        return figure == ForgettingDefinition.RELATIVE || figure == ForgettingDefinition.RELATIVE_LITERAL;
    }

    private String words() {
        if (figure == ForgettingMetric.LEARNING_ACCURACY) {
            return "when learned";
        }
        if (figure == ForgettingMetric.INCREMENTAL_ACCURACY) {
            return "incremental";
        }
        return figure == ForgettingMetric.WORST_TASK
                ? "worst task"
                : figure.title().replace("Forgetting", "forgetting");
    }

    private String r2InWords() {
        return figure == ForgettingMetric.ACC
                ? "what predictions explain of the targets' variance, 1 at the most, mean over tasks"
                : figure.description()
                        .words()
                        .replace("accuracy", "R2")
                        .replace(" a task ends", " the R2 of a task ends")
                        .replace(" a task is", " the R2 of a task is");
    }

    private String errorsInWords() {
        if (figure == ForgettingDefinition.RELATIVE) {
            return "how far the RMSE of a task ends above its best since it was learned, as a share of that, mean over earlier tasks";
        }
        if (figure == ForgettingDefinition.RELATIVE_LITERAL) {
            return "how far the RMSE of a task ends above its best ever, as a share of that, mean over earlier tasks";
        }
        if (figure == ForgettingMetric.ACC) {
            return "how far off predictions are in the end, in the target's units: root of the mean squared error, mean over tasks";
        }
        if (figure == ForgettingMetric.BWT) {
            return "how far the RMSE of earlier tasks fell after they were learned, rose where below 0, mean";
        }
        return figure == ForgettingMetric.FWT
                ? "RMSE of the untrained network on a task, less that just before the task is learned, mean"
                : figure.description()
                        .words()
                        .replace("accuracy", "RMSE")
                        .replace("answered worst", "predicted worst")
                        .replace(" a task ends below", " the RMSE of a task ends above")
                        .replace(" a task is below", " the RMSE of a task is above");
    }

    private String formulaOfR2() {
        return figure == ForgettingMetric.ACC
                ? "1 - squared errors / those of the mean target, mean over tasks"
                : figure.description().formula() + ", R: R2";
    }

    /** In E, of which less is better. */
    private String formulaOfErrors() {
        return figure == ForgettingMetric.ACC
                ? "root of the mean squared error, mean over tasks"
                : formulaInE() + ", E: RMSE";
    }

    private String formulaInE() {
        if (figure instanceof ForgettingDefinition definition) {
            return switch (definition) {
                case BEST_EARLIER -> "mean of E[T][j] - min(E[j..T-1][j]), j = 1..T-1";
                case FIRST -> "mean of E[T][j] - E[j][j], j = 1..T-1";
                case BEST_OF_ALL -> "mean of E[T][j] - min(E[j..T][j]), j = 1..T-1";
                case MEAN_DROP -> "mean of E[i][j] - E[j][j], 1 <= j < i <= T";
                case RELATIVE -> "mean of (E[T][j] - min(E[j..T-1][j])) / min(E[j..T-1][j]), j = 1..T-1";
                case BEST_EARLIER_LITERAL -> "mean of E[T][j] - min(E[1..T-1][j]), j = 1..T-1";
                case BEST_OF_ALL_LITERAL -> "mean of E[T][j] - min(E[1..T][j]), j = 1..T-1";
                case RELATIVE_LITERAL -> "mean of (E[T][j] - min(E[1..T-1][j])) / min(E[1..T-1][j]), j = 1..T-1";
            };
        }
        return switch ((ForgettingMetric) figure) {
            case ACC -> "mean of E[T][j], j = 1..T";
            case BWT -> "mean of E[j][j] - E[T][j], j = 1..T-1";
            case FWT -> "mean of E[0][j] - E[j-1][j], j = 2..T";
            case LEARNING_ACCURACY -> "mean of E[j][j], j = 1..T (mean of the diagonal)";
            case INCREMENTAL_ACCURACY -> "mean of the mean of E[i][j], j = 1..i, over i = 1..T";
            case WORST_TASK -> "largest of E[T][j], j = 1..T";
            case FORGETTING -> throw new IllegalStateException("forgetting goes by a definition");
        };
    }
}
