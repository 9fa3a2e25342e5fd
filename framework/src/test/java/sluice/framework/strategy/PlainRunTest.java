package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.Schedule;
import sluice.tasks.Scenario;

/** What a script says of the training holds for every strategy that learns by the common optimiser. */
class PlainRunTest {
    private static final double NEXT_TO_NOTHING = 1e-12;

    /** One of each that has an optimiser of its own; none prunes. */
    static Stream<PlainStrategy> strategies() {
        return Stream.of(
                new FineTuning(Curriculum.TASK_BY_TASK),
                new FrozenFeatures(),
                new PackNet(1e-9, 0.5),
                new Supermasks(0.5));
    }

    private static TrainingSettings settings(double gradientClip, Schedule factor) {
        return new TrainingSettings(new TrainingDuration.Epochs(2), 8, Optimizer.sgd(0.1), gradientClip, factor);
    }

    private static void assertNothingWasLearned(PlainStrategy strategy, TrainingSettings settings) {
        AccuracyMatrix matrix = Clouds.result(strategy, Scenario.TASK, settings).matrix();

        assertThat(IntStream.rangeClosed(1, 3))
                .allSatisfy(row -> assertThat(IntStream.rangeClosed(1, 3).mapToObj(task -> matrix.cell(row, task)))
                        .containsExactlyElementsOf(IntStream.rangeClosed(1, 3)
                                .mapToObj(task -> matrix.cell(0, task))
                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aLearningRateTimesNextToNothingLearnsNothing(PlainStrategy strategy) {
        assertNothingWasLearned(strategy, settings(Double.POSITIVE_INFINITY, new Schedule.Constant(NEXT_TO_NOTHING)));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void gradientsCutToNextToNothingLearnNothing(PlainStrategy strategy) {
        assertNothingWasLearned(strategy, settings(NEXT_TO_NOTHING, new Schedule.Constant(1)));
    }

    @Test
    void theLearningRateFollowsItsScheduleOverTheEpochsOfATask() {
        FineTuning plain = new FineTuning(Curriculum.TASK_BY_TASK);
        Schedule rising = new Schedule.Exponential(NEXT_TO_NOTHING, 1e14, 5);
        TrainingSettings twoEpochs = settings(Double.POSITIVE_INFINITY, rising);

        AccuracyMatrix matrix = Clouds.result(plain, Scenario.TASK, twoEpochs).matrix();

        assertThat(matrix.cell(1, 1)).isNotEqualTo(matrix.cell(0, 1));
        assertNothingWasLearned(plain, twoEpochs.withEpochs(1));
    }
}
