package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What A-GEM makes of a gradient. */
class GradientProjectionTest {
    @Property(tries = 200)
    void aProjectedGradientNeverPointsAgainstTheReference(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] gradient = vector(random);
        float[] reference = vector(random);

        AGem.project(gradient, reference);

        assertThat(AGem.dot(gradient, reference)).isGreaterThan(-1e-5);
    }

    @Property(tries = 200)
    void aGradientThatDoesNoHarmIsUsedAsItIs(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] gradient = vector(random);
        float[] reference = vector(random);
        if (AGem.dot(gradient, reference) < 0) {
            for (int i = 0; i < reference.length; i++) {
                reference[i] = -reference[i];
            }
        }
        float[] before = gradient.clone();

        AGem.project(gradient, reference);

        assertThat(gradient).containsExactly(before);
    }

    private static float[] vector(SplittableRandom random) {
        float[] vector = new float[20];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
