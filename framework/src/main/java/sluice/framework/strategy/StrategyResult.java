package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.regression.RegressionMatrix;
import sluice.framework.plain.PlainModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingResult;

/**
 * What came of a strategy that trains a plain network.
 *
 * @param matrix accuracy of every task after every task, row 0 untrained
 * @param errors how far numbers were off, likewise; empty where classes are told apart
 * @param tasks what each task took, in order
 * @param evaluationSeconds seconds of measuring the accuracies
 * @param memoryBytes bytes that the strategy keeps beside the network's own parameters, after the last task
 * @param weightCapacity what tasks with masks over weights take of the network; empty where none has
 * @param model as it answers after the last task; empty where the strategy does not say how it answers
 * @param learner what another run goes on from; empty where nobody wanted it kept, or the strategy begins anew with each run
 */
public record StrategyResult(
        AccuracyMatrix matrix,
        Optional<RegressionMatrix> errors,
        ImmutableList<TaskSummary> tasks,
        double evaluationSeconds,
        long memoryBytes,
        Optional<WeightCapacity> weightCapacity,
        Optional<PlainModel> model,
        Optional<TaughtLearner> learner)
        implements TrainingResult {
    @Override
    public StrategyResult annotated(String key, String value) {
        return new StrategyResult(
                matrix,
                errors,
                tasks,
                evaluationSeconds,
                memoryBytes,
                weightCapacity,
                model.map(taught -> taught.annotated(key, value)),
                learner.map(taught -> taught.annotated(key, value)));
    }

    @Override
    public void saveModel(Path file) {
        model.ifPresent(taught -> taught.save(file));
    }

    @Override
    public void saveLearner(Path file) {
        learner.ifPresent(taught -> taught.save(file));
    }

    @Override
    public ImmutableMap<String, MetricValue> figures() {
        ImmutableMap.Builder<String, MetricValue> figures = ImmutableMap.builder();
        figures.put(MeasuredMetric.MEMORY_BYTES.key(), MetricValue.of((double) memoryBytes));
        weightCapacity.ifPresent(
                capacity -> figures.put(MeasuredMetric.CAPACITY.key(), MetricValue.of(capacity.share())));
        return figures.buildOrThrow();
    }

    @Override
    public ImmutableList<String> lines() {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        lines.add(String.format(
                Locale.ROOT, "memory            %,d bytes kept beside the network's parameters", memoryBytes));
        weightCapacity.ifPresent(capacity -> lines.add(String.format(
                Locale.ROOT,
                "capacity          %.1f %% of the network: %,d of %,d weights and biases in use, and %,d bits of masks, 32 to a weight",
                100 * capacity.share(),
                capacity.used(),
                capacity.parameters(),
                capacity.maskBits())));
        return lines.build();
    }
}
