package sluice.evaluation;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the probabilities of a run's answers are worth in the end. All but the calibration error are means over tasks, as ACC is,
 * of what a task's test rows say after the last task; the calibration error takes the rows of all tasks together. The
 * probabilities of a row are those of the classes that could be answered to it. Undefined where none are known of some task.
 */
public final class ProbabilityMetric implements Metric {
    /** Area under the ROC curve, of more than two classes the mean over pairs. In [0, 1]. */
    public static final ProbabilityMetric AUC = new ProbabilityMetric(
            "auc",
            Description.ofAccuracies(
                            "AUC",
                            "area under the ROC curve, ties counting one half: mean over pairs of classes that have test rows, then over tasks",
                            "Hand & Till 2001",
                            Better.MORE)
                    .inWords(
                            "how often a test row of a class is held likelier to be of it than a row of another class is, ties counting one half"),
            tasks -> ofTasks(tasks, RocArea::of));

    /** Brier score. In [0, 2]. */
    public static final ProbabilityMetric BRIER = new ProbabilityMetric(
            "brier",
            Description.ofAccuracies(
                            "Brier score",
                            "mean over tasks of the mean over test rows of the sum over classes of (probability - 1 or 0)^2",
                            "Brier 1950",
                            Better.LESS)
                    .inWords("how far probabilities are from what is so: 0 at best, 2 where all are sure and wrong"),
            tasks -> ofTasks(tasks, ProbabilityMetric::brier));

    /** Expected calibration error with 15 bins of equal width. In [0, 1]. */
    public static final ProbabilityMetric ECE = calibration("ece", "Calibration error", 15);

    private static final int MOST_BINS = 1000;
    private static final ImmutableList<ProbabilityMetric> USUAL = ImmutableList.of(AUC, top(2), top(5), BRIER, ECE);
    private static final Pattern WITH_NUMBER = Pattern.compile("(top|ece)_([1-9]\\d{0,5})");

    private final String key;
    private final Description description;
    private final Function<List<TaskPredictions>, MetricValue> formula;

    private ProbabilityMetric(
            String key, Description description, Function<List<TaskPredictions>, MetricValue> formula) {
        this.key = key;
        this.description = description;
        this.formula = formula;
    }

    /** {@return those that every run has, in order} */
    public static ImmutableList<ProbabilityMetric> usual() {
        return USUAL;
    }

    /**
     * {@return how often the class of a row is among so many likeliest; of equally likely ones the earlier count first}
     *
     * @param most how many, at least 1
     */
    public static ProbabilityMetric top(int most) {
        return new ProbabilityMetric(
                "top_" + most,
                Description.ofAccuracies(
                                "Top-%d accuracy".formatted(most),
                                "mean over tasks of the share of test rows whose class is among the %d likeliest"
                                        .formatted(most),
                                "",
                                Better.MORE)
                        .inWords(
                                "how often the right class is among the %d likeliest, mean over tasks".formatted(most)),
                tasks -> ofTasks(tasks, task -> topShare(task, most)));
    }

    /**
     * {@return the metric of that name in files, {@code top_3} and {@code ece_10} among them; empty if there is none}
     *
     * @param key any
     */
    public static Optional<ProbabilityMetric> of(String key) {
        Optional<ProbabilityMetric> known =
                USUAL.stream().filter(metric -> metric.key.equals(key)).findFirst();
        Matcher numbered = WITH_NUMBER.matcher(key);
        if (known.isPresent() || !numbered.matches()) {
            return known;
        }
        int number = Ints.tryParse(numbered.group(2));
        if (numbered.group(1).equals("top")) {
            return Optional.of(top(number));
        }
        return number > MOST_BINS
                ? Optional.empty()
                : Optional.of(calibration(key, "Calibration error, %d bins".formatted(number), number));
    }

    /**
     * {@return all that every run has, by key, in order}
     *
     * @param tasks of the run, at least one
     * @param predictions by task, of its test rows after the last task
     */
    public static ImmutableMap<String, MetricValue> all(List<String> tasks, Map<String, TaskPredictions> predictions) {
        return USUAL.stream().collect(toImmutableMap(Metric::key, metric -> metric.of(tasks, predictions)));
    }

    /**
     * {@return the metric; undefined, naming the first task whose answers are not known, have no probabilities, or leave nothing to
     * tell}
     *
     * @param tasks of the run, at least one
     * @param predictions by task, of its test rows after the last task
     */
    public MetricValue of(List<String> tasks, Map<String, TaskPredictions> predictions) {
        ImmutableList.Builder<TaskPredictions> known = ImmutableList.builder();
        for (String task : tasks) {
            TaskPredictions of = predictions.get(task);
            if (of == null) {
                return MetricValue.undefined(
                        "what was answered to task " + Printable.of(task) + " after the last task is not known");
            }
            if (!of.hasProbabilities()) {
                return MetricValue.undefined("the answers to task " + Printable.of(task) + " have no probabilities");
            }
            known.add(of);
        }
        return formula.apply(known.build());
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public Description description() {
        return description;
    }

    private static MetricValue ofTasks(List<TaskPredictions> tasks, Function<TaskPredictions, MetricValue> ofTask) {
        return MetricArithmetic.mean(0, tasks.size() - 1, t -> ofTask.apply(tasks.get(t)));
    }

    private static MetricValue topShare(TaskPredictions task, int most) {
        int classes = task.classes().size();
        if (classes <= most) {
            return MetricValue.undefined("task %s has %d classes to choose from, of which the %d likeliest are all"
                    .formatted(Printable.of(task.task()), classes, most));
        }
        int among = 0;
        for (int row = 0; row < task.rows(); row++) {
            int own = task.actual()[row];
            float ofOwn = task.probability(row, own);
            int before = 0;
            for (int c = 0; c < classes; c++) {
                float other = task.probability(row, c);
                before += other > ofOwn || (other == ofOwn && c < own) ? 1 : 0;
            }
            among += before < most ? 1 : 0;
        }
        return MetricValue.of((double) among / task.rows());
    }

    private static MetricValue brier(TaskPredictions task) {
        double sum = 0;
        for (int row = 0; row < task.rows(); row++) {
            for (int c = 0; c < task.classes().size(); c++) {
                double off = task.probability(row, c) - (c == task.actual()[row] ? 1 : 0);
                sum += off * off;
            }
        }
        return MetricValue.of(sum / task.rows());
    }

    private static ProbabilityMetric calibration(String key, String title, int bins) {
        return new ProbabilityMetric(
                key,
                Description.ofAccuracies(
                                title,
                                "expected calibration error of the test rows of all tasks together, %d bins of equal width"
                                        .formatted(bins),
                                "Guo et al. 2017",
                                Better.LESS)
                        .inWords("how far the probability of the likeliest class is from how often that is right"),
                tasks -> calibrationError(tasks, bins));
    }

    private static MetricValue calibrationError(List<TaskPredictions> tasks, int bins) {
        double[] confident = new double[bins];
        long[] right = new long[bins];
        long rows = 0;
        for (TaskPredictions task : tasks) {
            for (int row = 0; row < task.rows(); row++) {
                int likeliest = likeliest(task, row);
                double p = task.probability(row, likeliest);
                int bin = Math.min(bins - 1, (int) (p * bins));
                confident[bin] += p;
                right[bin] += likeliest == task.actual()[row] ? 1 : 0;
                rows++;
            }
        }
        double error = 0;
        for (int bin = 0; bin < bins; bin++) {
            error += Math.abs(right[bin] - confident[bin]) / rows;
        }
        return MetricValue.of(error);
    }

    /** The first of equals. */
    private static int likeliest(TaskPredictions task, int row) {
        int best = 0;
        for (int c = 1; c < task.classes().size(); c++) {
            best = task.probability(row, c) > task.probability(row, best) ? c : best;
        }
        return best;
    }
}
