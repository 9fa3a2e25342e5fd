package sluice.framework.result;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.framework.checkpoint.Checkpoint;

/**
 * What came of learning to tell classes apart without being told the task.
 *
 * @param model predicts without the task
 * @param matrix accuracy of every task after every task, row 0 untrained; an example that is answered by unknown is wrong
 * @param tasks what each task took, in order
 * @param evaluationSeconds seconds of measuring the accuracies
 * @param memoryBytes bytes of what is kept between tasks beside the model: sums, no example
 * @param measured further metrics by their name in {@code metrics.csv}
 * @param sums what another run goes on from; none where nobody wanted it kept
 */
public record TaskAgnosticResult(
        TaskAgnosticModel model,
        AccuracyMatrix matrix,
        ImmutableList<TaskSummary> tasks,
        double evaluationSeconds,
        long memoryBytes,
        ImmutableMap<String, Double> measured,
        Optional<Checkpoint> sums)
        implements TrainingResult {
    @Override
    public ImmutableMap<String, MetricValue> figures() {
        ImmutableMap.Builder<String, MetricValue> figures = ImmutableMap.builder();
        figures.put(MeasuredMetric.MEMORY_BYTES.key(), MetricValue.of((double) memoryBytes));
        measured.forEach((name, value) -> figures.put(name, MetricValue.of(value)));
        return figures.buildOrThrow();
    }

    @Override
    public ImmutableList<String> lines() {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        lines.add(line(
                "open features     %.0f of %.0f groups: a prediction takes %.3g multiply-adds of %.3g",
                measured.get("filters_open"),
                measured.get("filters"),
                measured.get("macs_prediction"),
                measured.get("macs_prediction_all_open")));
        if (measured.containsKey("answered")) {
            lines.add(line(
                    "probabilities     calibration error %.4f, negative log-likelihood %.4f; %.4f answered%s",
                    measured.get("ece"),
                    measured.get("nll"),
                    measured.get("answered"),
                    measured.containsKey("answered_accuracy")
                            ? line(", %.4f of them right", measured.get("answered_accuracy"))
                            : ""));
        }
        return lines.add(line("memory            %,d bytes of sums, no example", memoryBytes))
                .build();
    }

    private static String line(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }

    /**
     * {@return the same with it}
     *
     * @param other accuracies of the same tasks, with more that was measured before
     */
    public TaskAgnosticResult with(AccuracyMatrix other) {
        return new TaskAgnosticResult(model, other, tasks, evaluationSeconds, memoryBytes, measured, sums);
    }

    @Override
    public TaskAgnosticResult annotated(String key, String value) {
        return new TaskAgnosticResult(
                model.annotated(key, value), matrix, tasks, evaluationSeconds, memoryBytes, measured, sums);
    }

    @Override
    public void saveModel(Path file) {
        model.save(file);
    }

    @Override
    public void saveSums(Path file) {
        sums.ifPresent(kept -> kept.save(file));
    }
}
