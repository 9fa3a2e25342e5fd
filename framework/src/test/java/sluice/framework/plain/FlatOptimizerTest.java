package sluice.framework.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import sluice.framework.optimizer.Optimizer;

class FlatOptimizerTest {
    private static final float[] GRADIENT = {3, -4};

    @Test
    void aGradientThatIsTooLongIsScaledToTheLargestNorm() {
        float[] parameters = {0, 0};

        new FlatOptimizer(Optimizer.sgd(1), 0.5, 2).step(parameters, GRADIENT.clone());

        assertThat(parameters).containsExactly(-0.3f, 0.4f);
    }

    @Test
    void aGradientThatIsShortEnoughKeepsEveryBit() {
        float[] gradient = GRADIENT.clone();

        new FlatOptimizer(Optimizer.sgd(1), 5, 2).step(new float[2], gradient);

        assertThat(gradient).containsExactly(GRADIENT);
    }

    @Test
    void aFactorMultipliesTheLearningRate() {
        float[] halved = {1, 2};
        float[] small = halved.clone();

        new FlatOptimizer(Optimizer.adam(0.5), 2).step(halved, GRADIENT.clone(), 0.5);
        new FlatOptimizer(Optimizer.adam(0.25), 2).step(small, GRADIENT.clone());

        assertThat(halved).containsExactly(small);
    }

    @Test
    void aLargestNormThatIsNotAboveZeroIsRefused() {
        assertThatThrownBy(() -> new FlatOptimizer(Optimizer.DEFAULT, 0, 2))
                .hasMessage("largestNorm must be above 0, got 0.0");
    }
}
