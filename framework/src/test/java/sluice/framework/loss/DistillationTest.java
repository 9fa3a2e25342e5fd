package sluice.framework.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DistillationTest {
    private static final int OUTPUTS = 6;
    private static final int FROM = 1;
    private static final int TO = 5;
    private static final float STEP = 1e-2f;

    @Property
    void distillationGradientIsThatOfItsLoss(@ForAll long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        float[] logits = logits(random);
        float[] teacher = logits(random);
        float[] gradient = new float[2 * OUTPUTS];

        new Distillation(2, FROM, TO - 1, TO).ofRow(logits, teacher, OUTPUTS, 0.7, gradient);

        check(
                logits,
                gradient,
                changed -> new Distillation(2, FROM, TO - 1, TO)
                        .ofRow(changed, teacher, OUTPUTS, 0.7, new float[2 * OUTPUTS]));
    }

    @Property
    void whatTheTeacherDoesNotKnowIsPushedDown(@ForAll long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        float[] gradient = new float[2 * OUTPUTS];

        new Distillation(2, FROM, TO - 1, TO).ofRow(logits(random), logits(random), OUTPUTS, 1, gradient);

        assertThat(gradient[OUTPUTS + TO - 1]).isPositive();
        assertThat(gradient[OUTPUTS + TO]).isZero();
    }

    @Property
    void aPupilThatSaysTheSameHasNothingToLearn(@ForAll long seed) {
        float[] logits = logits(new SplittableRandom(seed));
        float[] gradient = new float[2 * OUTPUTS];

        new Distillation(2, FROM, TO, TO).ofRow(logits, logits, OUTPUTS, 1, gradient);

        for (float entry : gradient) {
            assertThat(entry).isCloseTo(0, within(1e-6f));
        }
    }

    @Test
    void outputsThatNoTeacherKnowsAreRefused() {
        assertThatThrownBy(() -> new Distillation(2, FROM, FROM, TO)).hasMessageContaining("from < known");
        assertThatThrownBy(() -> new Distillation(0, FROM, TO, TO)).hasMessageContaining("temperature");
    }

    private interface Value {
        double at(float[] logits);
    }

    private static void check(float[] logits, float[] gradient, Value loss) {
        for (int i = 0; i < logits.length; i++) {
            float[] up = logits.clone();
            float[] down = logits.clone();
            up[i] += STEP;
            down[i] -= STEP;
            double expected = (loss.at(up) - loss.at(down)) / (up[i] - down[i]);
            assertThat((double) gradient[i]).isCloseTo(expected, within(1e-3));
        }
    }

    private static float[] logits(RandomGenerator random) {
        float[] logits = new float[2 * OUTPUTS];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (3 * random.nextGaussian());
        }
        return logits;
    }
}
