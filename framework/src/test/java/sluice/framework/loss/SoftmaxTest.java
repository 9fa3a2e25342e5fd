package sluice.framework.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SoftmaxTest {
    private static final int OUTPUTS = 6;
    private static final int FROM = 1;
    private static final int TO = 5;

    @Property
    void probabilitiesOfCompetingOutputsSumToOne(@ForAll long seed) {
        float[] logits = logits(new SplittableRandom(seed));

        double sum = 0;
        for (int output = FROM; output < TO; output++) {
            sum += Softmax.probability(logits, OUTPUTS, FROM, TO, output);
        }

        assertThat(sum).isCloseTo(1, within(1e-6));
    }

    private static float[] logits(RandomGenerator random) {
        float[] logits = new float[2 * OUTPUTS];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (3 * random.nextGaussian());
        }
        return logits;
    }
}
