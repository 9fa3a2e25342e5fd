package sluice.framework.experiment;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.stream.IntStream;
import sluice.evaluation.ClassificationMetric;
import sluice.evaluation.ClassificationReport;
import sluice.evaluation.MetricValue;
import sluice.framework.result.TestAnswers;

/** How well the classes of each task are told apart, by labels, as names of classes may be anything. */
final class AnsweredClasses {
    private AnsweredClasses() {}

    /**
     * {@return the metrics by key; undefined where a task was not asked}
     *
     * @param tasks of the accuracy matrix
     * @param answers to all test examples after the last task, of the tasks that were asked
     */
    static ImmutableMap<String, MetricValue> metrics(List<String> tasks, List<TestAnswers> answers) {
        ImmutableMap.Builder<String, ClassificationReport> reports = ImmutableMap.builder();
        answers.stream()
                .filter(of -> of.answers().length > 0)
                .forEach(of -> reports.put(of.task().name(), report(of)));
        return ClassificationMetric.all(tasks, reports.buildOrThrow());
    }

    private static ClassificationReport report(TestAnswers of) {
        return ClassificationReport.of(
                of.task().classes().stream().map(String::valueOf).toList(),
                IntStream.range(0, of.answers().length)
                        .mapToObj(i -> Integer.toString(of.actual(i)))
                        .toList(),
                IntStream.of(of.answers()).mapToObj(Integer::toString).toList());
    }
}
