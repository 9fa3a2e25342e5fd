package sluice.framework.stream;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MetricValue;
import sluice.framework.inference.InferredModel;
import sluice.framework.inference.UntoldResult;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingResult;

/**
 * What came of teaching a network from a stream. Tasks of the matrix are those that the stream was made of; the network has those that were found,
 * by names of its own.
 *
 * @param untold what came of it but for that, by tasks that were found
 * @param whole the stream, as one task
 * @param borders what was noticed of borders, by metric
 */
public record StreamResult(UntoldResult untold, TaskSummary whole, ImmutableMap<String, MetricValue> borders)
        implements TrainingResult {
    @Override
    public AccuracyMatrix matrix() {
        return untold.matrix();
    }

    /** The stream is one stretch of training; {@link #found} has its tasks. */
    @Override
    public ImmutableList<TaskSummary> tasks() {
        return ImmutableList.of(whole);
    }

    /** {@return what each task took that was found, in order} */
    public ImmutableList<TaskSummary> found() {
        return untold.tasks();
    }

    /** {@return the network, and what finds the task of an example} */
    public InferredModel model() {
        return untold.model().orElseThrow();
    }

    @Override
    public double evaluationSeconds() {
        return untold.evaluationSeconds();
    }

    @Override
    public OptionalLong comparedLogits() {
        return untold.comparedLogits();
    }

    @Override
    public Optional<Boolean> exactRetention() {
        return untold.exactRetention();
    }

    @Override
    public long memoryBytes() {
        return untold.memoryBytes();
    }

    @Override
    public ImmutableMap<String, MetricValue> figures() {
        Map<String, MetricValue> figures = new LinkedHashMap<>(untold.figures());
        figures.putAll(borders);
        return ImmutableMap.copyOf(figures);
    }

    @Override
    public ImmutableList<String> lines() {
        return ImmutableList.<String>builder()
                .addAll(untold.lines())
                .addAll(untold.explanation())
                .build();
    }

    /** With what each task took that was found. */
    @Override
    public ImmutableList<String> notes() {
        return ImmutableList.<String>builder()
                .addAll(untold.explanation().stream()
                        .map(line -> line.replaceFirst(" {2,}", ": "))
                        .toList())
                .addAll(found().stream()
                        .map(task -> String.format(
                                Locale.ROOT,
                                "%s was learned in %,d steps, units open per hidden layer: %s",
                                task.task(),
                                task.steps(),
                                task.openUnits()))
                        .toList())
                .build();
    }

    @Override
    public StreamResult annotated(String key, String value) {
        return new StreamResult(untold.annotated(key, value), whole, borders);
    }

    @Override
    public void saveModel(Path file) {
        untold.saveModel(file);
    }
}
