package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.MetricValue;
import sluice.evaluation.run.LearningPoint;
import sluice.framework.ReportOptions;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;

class RunTraceTest {
    @Property(tries = 50)
    void aLearningCurveHasEveryStepInOnePoint(@ForAll @IntRange(min = 1, max = 1000) int steps) {
        RunTrace trace = new RunTrace(TrainingListener.SILENT, ReportOptions.DEFAULT, 2);
        trace.taskStarted("t", 1, steps);
        for (int step = 1; step <= steps; step++) {
            trace.stepDone(1, step, 0.5);
        }
        trace.taskConsolidated(TaskSummary.of("t", ImmutableList.of(), steps, 1, ImmutableList.of()));

        ImmutableList<LearningPoint> curve = trace.curve();
        assertThat(curve).hasSizeBetween(1, 101).allMatch(point -> point.accuracy() == 0.5);
        assertThat(curve.get(curve.size() - 1).step()).isEqualTo(steps);
        double sum = 0;
        long before = 0;
        for (LearningPoint point : curve) {
            sum += point.loss() * (point.step() - before);
            before = point.step();
        }
        assertThat(sum).isCloseTo(steps * (steps + 1) / 2.0, within(1e-6));
    }

    @Test
    void whereNothingDescendsALossThereIsNoCurve() {
        RunTrace trace = new RunTrace(TrainingListener.SILENT, ReportOptions.DEFAULT, 2);
        trace.taskStarted("t", 1, 1);
        trace.stepDone(1, Double.NaN, Double.NaN);

        assertThat(trace.curve()).isEmpty();
    }

    /** Answers as many right as the task's number is; every task has features of its own, which never change. */
    private static final class TaskNumbers implements InterimModel {
        @Override
        public boolean answers(int task) {
            return true;
        }

        @Override
        public Answers ask(int task, int examples) {
            return new Answers(task, examples);
        }

        @Override
        public float[][] features(int task, int examples) {
            return new float[][] {{task, 1, 0}, {2, task, 0}};
        }
    }

    @Test
    void tasksAreAskedForAtTheFirstTenStepsThenEverySoManyAndAtTheEnd() {
        RunTrace trace = new RunTrace(
                TrainingListener.SILENT,
                new ReportOptions(
                        ForgettingDefinition.BEST_EARLIER,
                        ImmutableSet.of(),
                        Optional.of(new ReportOptions.Continual(20, 30)),
                        false),
                2);

        for (int position = 1; position <= 2; position++) {
            trace.taskStarted("task " + position, position, 45);
            for (long done = 0; done <= 45; done++) {
                trace.betweenSteps(done, new TaskNumbers());
            }
        }

        List<Long> moments = List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 20L, 40L, 45L);
        assertThat(trace.points())
                .filteredOn(point -> point.learning() == 1)
                .extracting(ContinualEvaluation.Point::step)
                .isEqualTo(moments);
        assertThat(trace.points())
                .filteredOn(point -> point.learning() == 2)
                .hasSize(2 * moments.size())
                .startsWith(
                        new ContinualEvaluation.Point(2, 0, 1, 0, 30), new ContinualEvaluation.Point(2, 0, 2, 1, 30));
        assertThat(trace.representationMetrics())
                .containsEntry("cka", MetricValue.of(1))
                .containsEntry("dormant_ratio", MetricValue.of(1.0 / 3));
    }
}
