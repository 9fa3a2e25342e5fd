package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.gating.exact.Moments;
import sluice.gating.exact.ProbeAnswers;
import sluice.gating.exact.Trial;

class HeldNoiseTest {
    private static final int STEPS = 3;

    static Stream<Arguments> unbiasedOnesWithoutMemory() {
        return EveryEstimator.unbiased()
                .filter(estimator -> HeldNoise.suits(estimator.begin(layout())))
                .flatMap(estimator ->
                        Arrays.stream(Granularity.values()).map(granularity -> Arguments.of(estimator, granularity)));
    }

    private static GateLayout layout() {
        return new Trial(ReferenceProblem.NETWORK.loss(), GateSetting.SIGMOID.gates(), Granularity.MINI_BATCH).layout();
    }

    @Test
    void estimatorsThatRememberEarlierStepsDoNotSuit() {
        assertThat(EveryEstimator.unbiased()
                        .filter(estimator -> !HeldNoise.suits(estimator.begin(layout())))
                        .map(GradientEstimator::name))
                .containsExactly("centred", "muprop", "rebar", "relax");
    }

    /** Steps so far apart that they have no number in common, by how far the hold had come. */
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("unbiasedOnesWithoutMemory")
    void theMeanOfEachStepIsTheExactGradient(GradientEstimator estimator, Granularity granularity) {
        ReferenceProblem problem = ReferenceProblem.NETWORK;
        double[] logits = GateSetting.SIGMOID.gates().logits();
        Trial trial = new Trial(problem.loss(), GateSetting.SIGMOID.gates(), granularity);
        GateEstimation estimation = estimator.begin(trial.layout());
        ProbeAnswers answers = new ProbeAnswers(problem.loss(), granularity);
        HeldNoise noise = new HeldNoise(new SplittableRandom(Agreement.SEED), STEPS);
        Moments[] moments = IntStream.range(0, STEPS)
                .mapToObj(i -> new Moments(logits.length))
                .toArray(Moments[]::new);
        double[] gradient = new double[logits.length];

        for (int step = 0; step < Agreement.SAMPLES / 4; step++) {
            noise.beginStep();
            estimation.draw(logits, 1, Progress.START, problem.loss().examples(), noise);
            estimation.probes().forEach(answers::answer);
            estimation.gradient(gradient);
            moments[step % STEPS].add(gradient);
        }

        assertThat(moments)
                .allSatisfy(phase -> assertThat(phase.standardErrorsFrom(
                                problem.exact(GateSetting.SIGMOID).gradient()))
                        .isLessThan(Agreement.STANDARD_ERRORS));
    }

    @Property
    void aNumberIsKeptForAllItsStepsAndThenDrawnAnew(
            @ForAll @IntRange(min = 1, max = 9) int steps, @ForAll @IntRange(min = 1, max = 200) int places) {
        HeldNoise noise = new HeldNoise(new SplittableRandom(1), steps);
        int[] since = new int[places];
        long[] before = numbers(noise, places);
        Arrays.fill(since, 1);

        for (int step = 1; step < 4 * steps; step++) {
            long[] now = numbers(noise, places);
            for (int i = 0; i < places; i++) {
                boolean anew = now[i] != before[i];
                // the first is cut short for some, so that not all change at once
                assertThat(since[i]).isLessThanOrEqualTo(steps);
                assertThat(anew && step >= steps && since[i] != steps).isFalse();
                since[i] = anew ? 1 : since[i] + 1;
            }
            before = now;
        }
    }

    @Property
    void noHoldChangesNothing(@ForAll long seed) {
        SplittableRandom source = new SplittableRandom(seed);
        HeldNoise noise = new HeldNoise(new SplittableRandom(seed), 1);

        for (int step = 0; step < 3; step++) {
            assertThat(numbers(noise, 5)).containsExactly(source.longs(5).toArray());
        }
    }

    @Property
    void whatIsTakenUpAgainGoesOnWithTheSameNumbers(
            @ForAll @IntRange(min = 2, max = 9) int steps, @ForAll @IntRange(max = 30) int done) {
        HeldNoise noise = new HeldNoise(new SplittableRandom(1), steps);
        for (int step = 0; step < done; step++) {
            numbers(noise, 100);
        }
        HeldNoise later = new HeldNoise(new SplittableRandom(2), steps);
        later.restore(noise.held(), noise.phase());
        long[] before = noise.held();

        long[] now = numbers(later, before.length);

        for (int i = 0; i < before.length; i++) {
            assertThat(now[i] == before[i]).isEqualTo(i % steps != later.phase());
        }
        assertThat(later.phase()).isEqualTo((noise.phase() + 1) % steps);
    }

    @Test
    void fewerStepsThanOneAndPhasesOutsideOfThemAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeldNoise(new SplittableRandom(1), 0))
                .withMessage("steps must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HeldNoise(new SplittableRandom(1), 2).restore(new long[0], 2))
                .withMessage("phase must be in [0, 2), got 2");
    }

    private static long[] numbers(HeldNoise noise, int count) {
        noise.beginStep();
        long[] numbers = new long[count];
        Arrays.setAll(numbers, i -> noise.nextLong());
        return numbers;
    }
}
