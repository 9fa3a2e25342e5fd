package sluice.framework.experiment;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import sluice.evaluation.MetricValue;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Scenario;

/**
 * How much more often classes of the last task are answered than they occur: a network that learned them last prefers them
 * where all classes compete (Wu et al. 2019, "Large scale incremental learning", measure it and correct for it).
 */
final class RecencyBias {
    private RecencyBias() {}

    /**
     * {@return the share of answers, over the test examples of all tasks, that name a class of the last task, less the
     * share of examples that have one; in [-1, 1], 0 without a bias. Undefined where tasks do not compete, or there is
     * only one}
     *
     * @param scenario of the tasks
     * @param tasks answers to all test examples after the last task, in the order of the tasks
     */
    static MetricValue of(Scenario scenario, List<TestAnswers> tasks) {
        if (scenario != Scenario.CLASS) {
            return MetricValue.undefined("classes of different tasks do not compete");
        }
        if (tasks.size() < 2) {
            return MetricValue.undefined("there is only one task");
        }
        ImmutableSet<Integer> last =
                ImmutableSet.copyOf(tasks.get(tasks.size() - 1).task().classes());
        long answered = 0;
        long actual = 0;
        long all = 0;
        for (TestAnswers task : tasks) {
            for (int i = 0; i < task.answers().length; i++) {
                answered += last.contains(task.answers()[i]) ? 1 : 0;
                actual += last.contains(task.actual(i)) ? 1 : 0;
                all++;
            }
        }
        return MetricValue.of((double) (answered - actual) / all);
    }
}
