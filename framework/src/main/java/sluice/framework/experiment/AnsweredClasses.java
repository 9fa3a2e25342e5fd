package sluice.framework.experiment;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.evaluation.ClassificationMetric;
import sluice.evaluation.ClassificationReport;
import sluice.evaluation.MetricValue;
import sluice.evaluation.ProbabilityMetric;
import sluice.evaluation.TaskPredictions;
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
        Map<String, TaskPredictions> predictions = answers.stream()
                .filter(of -> of.answers().length > 0)
                .collect(toImmutableMap(of -> of.task().name(), of -> predictions(of, Integer::toString)));
        return ImmutableMap.<String, MetricValue>builder()
                .putAll(ClassificationMetric.all(tasks, reports.buildOrThrow()))
                .putAll(ProbabilityMetric.all(tasks, predictions))
                .buildOrThrow();
    }

    /**
     * {@return what was predicted; the classes are those that could be answered, where probabilities tell them, else those of the task
     * and others that were}
     *
     * @param of at least one test example
     * @param names of classes, by label, each another
     */
    static TaskPredictions predictions(TestAnswers of, IntFunction<String> names) {
        ImmutableList<Integer> labels = of.outputs()
                .map(TestAnswers.Outputs::labels)
                .orElseGet(() -> Stream.concat(
                                of.task().classes().stream(),
                                IntStream.of(of.answers())
                                        .filter(answer -> answer != TestAnswers.UNKNOWN)
                                        .boxed()
                                        .sorted())
                        .distinct()
                        .collect(toImmutableList()));
        return new TaskPredictions(
                of.task().name(),
                labels.stream().map(names::apply).collect(toImmutableList()),
                IntStream.range(0, of.answers().length)
                        .map(example -> labels.indexOf(of.actual(example)))
                        .toArray(),
                IntStream.of(of.answers()).map(labels::indexOf).toArray(),
                of.outputs().map(TestAnswers.Outputs::probabilities).orElseGet(() -> new float[0]));
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
