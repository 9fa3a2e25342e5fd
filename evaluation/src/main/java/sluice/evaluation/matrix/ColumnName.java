package sluice.evaluation.matrix;

import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.regex.Pattern;

/** What columns are called in the files of various systems. */
enum ColumnName {
    /** How many tasks are learned, or which was learned last. */
    LEARNED(
            "after_task",
            "after",
            "after_training_task",
            "after_training",
            "after_learning",
            "after_experience",
            "trained_task",
            "trained_on",
            "trained",
            "train_task",
            "training_task",
            "training_exp",
            "training_experience",
            "train_exp",
            "train_experience",
            "trained_experience",
            "learned",
            "learned_task",
            "learned_on",
            "learnt",
            "learnt_task",
            "learned_concept",
            "train_concept",
            "stage",
            "session",
            "current_task",
            "tasks_learned",
            "num_tasks",
            "n_tasks"),
    /** Which task is asked for. */
    TASK(
            "task",
            "eval_task",
            "evaluated_task",
            "evaluated_on",
            "evaluation_task",
            "eval_exp",
            "eval_experience",
            "test_task",
            "tested_task",
            "tested_on",
            "tested",
            "test_on_task",
            "test_exp",
            "test_experience",
            "on_task",
            "evaluated_concept",
            "eval_concept",
            "task_id",
            "task_name"),
    /** The accuracy. */
    ACCURACY(
            "accuracy",
            "acc",
            "eval_accuracy",
            "eval_acc",
            "test_accuracy",
            "test_acc",
            "top1",
            "top1_acc",
            "top1_accuracy",
            "top_1_accuracy",
            "accuracy_top1",
            "top_1"),
    /** Answers that are right. */
    CORRECT("correct", "num_correct", "n_correct"),
    /** Examples. */
    TOTAL("total", "num_total", "n_total"),
    /** The strategy. */
    STRATEGY("strategy", "method", "algorithm", "approach"),
    /** The seed. */
    SEED("seed", "random_seed"),
    /** What names rows without saying what was learned. */
    ROW(
            "id",
            "index",
            "idx",
            "row",
            "no",
            "nr",
            "number",
            "unnamed:_0",
            "#",
            "phase",
            "episode",
            "experience",
            "exp",
            "row_names"),
    /** What is no accuracy, whatever it is. */
    OTHER;

    /** Names of figures that are made of accuracies, or stand beside them. */
    private static final Pattern FIGURE = Pattern.compile(
            "(avg|average|mean|overall|std|stdev|forgetting|bwt|fwt|loss|time|seconds|epoch|lr|learning_rate|forget)(_.*)?"
                    + "|.*_(avg|average|mean|loss|forgetting|std|bwt|fwt|seconds)|macro_.*|micro_.*");

    /** A header that says after which task its column is. */
    private static final Pattern AFTER = Pattern.compile("(after|trained|learned|learnt|train)(_on)?(_task)?[_ ]?.+");

    private final ImmutableSet<String> names;

    ColumnName(String... names) {
        this.names = ImmutableSet.copyOf(names);
    }

    /** Whether a header is one of these names. */
    boolean is(String header) {
        return names.contains(plain(header));
    }

    /** The header as names are compared: lower case, underscores between words. */
    static String plain(String header) {
        return header.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
    }

    /** Whether a column of that name holds figures that are made of accuracies, or no accuracies at all. */
    static boolean isFigure(String header) {
        return FIGURE.matcher(plain(header)).matches();
    }

    /** Whether a column of that name is one of a table that was turned: a column per task learned. */
    static boolean saysAfter(String header) {
        return AFTER.matcher(plain(header)).matches();
    }

    /** Whether counting begins with 0 for the first task learned, as it does in logs of experiences. */
    static boolean countsFromZero(String header) {
        return plain(header).contains("exp");
    }
}
