package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.MetricValue;
import sluice.framework.result.InterimModel;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Examples;
import sluice.tasks.Shape;
import sluice.tasks.Task;
import sluice.tasks.script.ReportSettings;

class TraceCsvTest {
    private static final TraceCsv.Run RUN = new TraceCsv.Run("gates", 7);

    /** Two classes, 4 and 9, three test examples of two pixels: the first is right, the others are not. */
    private static TestAnswers answers() {
        float[][] rows = {{0, 255}, {1, 300}, {-3, 2}};
        Task task = Task.of("t", rows, new int[] {4, 9, 9}, rows, new int[] {4, 9, 9});
        return new TestAnswers(task, new int[] {4, 4, TestAnswers.UNKNOWN}, new float[] {0.75f, 0.25f, 0.125f});
    }

    @Test
    void whatWasTakenForWhatIsCounted() throws IOException {
        StringBuilder out = new StringBuilder();

        TraceCsv.writeConfusion(RUN, List.of(answers()), Integer::toString, out);

        assertThat(out.toString()).isEqualTo("""
                        strategy,seed,task,actual,predicted,count
                        gates,7,t,4,4,1
                        gates,7,t,9,unknown,1
                        gates,7,t,9,4,1
                        """);
    }

    @Test
    void theHardestExampleComesFirstWithItsPixelsInBytes() throws IOException {
        StringBuilder out = new StringBuilder();

        TraceCsv.writeHardest(RUN, List.of(answers()), Integer::toString, new Shape.Image(1, 2), out);

        // bytes 0, 2 and 1, 255: what is outside [0, 255] is at its end
        assertThat(out.toString()).isEqualTo("""
                        strategy,seed,task,rank,actual,predicted,probability,width,height,channels,pixels
                        gates,7,t,1,9,unknown,0.125,2,1,1,AAI=
                        gates,7,t,2,9,4,0.25,2,1,1,Af8=
                        """);
    }

    @Test
    void coloursOfAPixelLieBesideEachOther() throws IOException {
        float[][] row = {{1, 2, 3, 4, 5, 6}};
        Task task =
                new Task("t", ImmutableList.of(0, 1), Examples.of(row, new int[] {0}), Examples.of(row, new int[] {0}));
        StringBuilder out = new StringBuilder();

        TraceCsv.writeHardest(
                RUN,
                List.of(new TestAnswers(task, new int[] {1}, new float[] {0})),
                label -> label == 0 ? "cat" : "=dog",
                new Shape.Channels(3, 1, 2),
                out);

        // 1 3 5, 2 4 6
        assertThat(out.toString()).endsWith(",cat,'=dog,0.0,2,1,3,AQMFAgQG\n");
    }

    @Test
    void featuresThatAreNoPicturesHaveNone() {
        assertThat(TraceCsv.image(new Shape.Vector(4))).isEmpty();
        assertThat(TraceCsv.image(new Shape.Channels(2, 3, 4))).isEmpty();
    }

    @Property(tries = 50)
    void aLearningCurveHasEveryStepInOnePoint(@ForAll @IntRange(min = 1, max = 1000) int steps) {
        RunTrace trace = new RunTrace(TrainingListener.SILENT, Optional.empty(), 2);
        trace.taskStarted("t", 1, steps);
        for (int step = 1; step <= steps; step++) {
            trace.stepDone(1, step, 0.5);
        }
        trace.taskConsolidated(
                new TaskSummary("t", ImmutableList.of(), steps, 1, ImmutableList.of(), "", Optional.empty(), 0));

        ImmutableList<RunTrace.CurvePoint> curve = trace.curve();
        assertThat(curve).hasSizeBetween(1, 101).allMatch(point -> point.accuracy() == 0.5);
        assertThat(curve.get(curve.size() - 1).step()).isEqualTo(steps);
        double sum = 0;
        long before = 0;
        for (RunTrace.CurvePoint point : curve) {
            sum += point.loss() * (point.step() - before);
            before = point.step();
        }
        assertThat(sum).isCloseTo(steps * (steps + 1) / 2.0, within(1e-6));
    }

    @Test
    void whereNothingDescendsALossThereIsNoCurve() {
        RunTrace trace = new RunTrace(TrainingListener.SILENT, Optional.empty(), 2);
        trace.taskStarted("t", 1, 1);
        trace.stepDone(1, Double.NaN, Double.NaN);

        assertThat(trace.curve()).isEmpty();
    }

    @Test
    void openUnitsAreRanges() {
        assertThat(LedgerCsv.ranges(new int[] {0, 1, 2, 5, 7, 8})).isEqualTo("0-2 5 7-8");
        assertThat(LedgerCsv.ranges(new int[] {})).isEmpty();
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
        RunTrace trace = new RunTrace(TrainingListener.SILENT, Optional.of(new ReportSettings.Continual(20, 30)), 2);

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
