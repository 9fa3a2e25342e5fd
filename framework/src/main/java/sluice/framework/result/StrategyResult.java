package sluice.framework.result;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Locale;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;

/**
 * What came of a strategy that trains a plain network.
 *
 * @param matrix accuracy of every task after every task, row 0 untrained
 * @param tasks what each task took, in order
 * @param evaluationSeconds seconds of measuring the accuracies
 * @param memoryBytes bytes that the strategy keeps beside the network's own parameters, after the last task
 */
public record StrategyResult(
        AccuracyMatrix matrix, ImmutableList<TaskSummary> tasks, double evaluationSeconds, long memoryBytes)
        implements TrainingResult {
    @Override
    public ImmutableMap<String, MetricValue> figures() {
        return ImmutableMap.of(MeasuredMetric.MEMORY_BYTES.key(), MetricValue.of((double) memoryBytes));
    }

    @Override
    public ImmutableList<String> lines() {
        return ImmutableList.of(String.format(
                Locale.ROOT, "memory            %,d bytes kept beside the network's parameters", memoryBytes));
    }
}
