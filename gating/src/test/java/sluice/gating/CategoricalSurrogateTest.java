package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What RELAX learns of choices: a step of w down the gradient of the estimate's square, and less variance. */
class CategoricalSurrogateTest {
    private static final Schedule TEMPERATURE = new Schedule.Constant(0.7);
    private static final double RATE = 0.1;

    private static double[] estimate(Choices choices, double[] weights) {
        Relaxation fixed = new Relaxation(Relaxation.Form.RELAX, TEMPERATURE, 1, 1, 0);
        return choices.step(fixed.withSurrogate(choices.layout(), weights), new SplittableRandom(7));
    }

    @ParameterizedTest
    @EnumSource
    void stepIsTheGradientOfTheSquareByTheSizeOfWhatItScales(CategoricalProblem problem) {
        Choices choices = problem.choices(Granularity.MINI_BATCH);
        double[] weights = {0.3, -0.2, 0.1, 0.25, -0.15, 0.05};
        double[] estimate = estimate(choices, weights);
        double[] slopes = new double[6];
        double size = 0;
        for (int i = 0; i < 6; i++) {
            // the estimate is affine in w
            double[] moved = weights.clone();
            moved[i] += 1;
            double[] other = estimate(choices, moved);
            for (int j = 0; j < 6; j++) {
                slopes[i] += estimate[j] * (other[j] - estimate[j]);
                size += (other[j] - estimate[j]) * (other[j] - estimate[j]);
            }
        }
        double[] expected = new double[6];
        double total = size;
        Arrays.setAll(expected, i -> weights[i] - RATE * slopes[i] / total);
        Relaxation learning = new Relaxation(Relaxation.Form.RELAX, TEMPERATURE, 1, 1, RATE);
        CategoricalRelaxation estimation = (CategoricalRelaxation) learning.withSurrogate(choices.layout(), weights);

        choices.step(estimation, new SplittableRandom(7));

        assertThat(estimation.surrogate().weights()).containsExactly(expected, within(1e-10));
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void learningMendsASurrogateThatIsFarOff(CategoricalProblem problem) {
        Choices choices = problem.choices(Granularity.MINI_BATCH);
        double[] weights = {3, -3, 3, -3, 3, -3};
        Relaxation learning = new Relaxation(Relaxation.Form.RELAX, TEMPERATURE, 1, 0.99, 0.01);
        Relaxation fixed = new Relaxation(Relaxation.Form.RELAX, TEMPERATURE, 1, 0.99, 0);

        double learned = variance(choices, learning.withSurrogate(choices.layout(), weights));
        double left = variance(choices, fixed.withSurrogate(choices.layout(), weights));

        assertThat(learned).isLessThan(left / 5);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void tuningMendsAWeightThatIsFarOff(CategoricalProblem problem) {
        Choices choices = problem.choices(Granularity.MINI_BATCH);

        double tuned = variance(choices, rebar(choices, 0.99));
        double untuned = variance(choices, rebar(choices, 1));

        assertThat(tuned).isLessThan(untuned / 50);
    }

    private static GateEstimation rebar(Choices choices, double decay) {
        return new Relaxation(Relaxation.Form.REBAR, TEMPERATURE, 20, decay, 0).begin(choices.layout());
    }

    private static double variance(Choices choices, GateEstimation estimation) {
        choices.run(estimation, 5_000, Agreement.SEED + 1);
        return choices.run(estimation, Agreement.SAMPLES / 4, Agreement.SEED).summedVariance();
    }
}
