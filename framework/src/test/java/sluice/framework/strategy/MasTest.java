package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sluice.framework.plain.Batch;
import sluice.framework.plain.PlainNetwork;
import sluice.tasks.OutputRange;
import sluice.tasks.Scenario;

class MasTest {
    private static final double STEP = 1e-2;

    @Test
    void aParameterIsPulledBackAsMuchAsTheLengthOfTheAnswerDependsOnIt() {
        try (Clouds clouds = new Clouds(Scenario.TASK, 2)) {
            PlainNetwork network = clouds.training.network();
            TaskLearner learner = new Mas(0.5).begin(clouds.training);
            clouds.learn(learner, 0, 20);
            double[] wanted = sensitivity(clouds);
            network.write(parameters -> {
                for (int i = 0; i < parameters.length; i++) {
                    parameters[i] += 1;
                }
            });
            Batch batch = clouds.batch(1, 8);
            clouds.training.loss(batch);
            float[] plain = network.gradient().clone();

            learner.step(batch);

            for (int i = 0; i < plain.length; i++) {
                double pull = network.gradient()[i] - (double) plain[i];
                assertThat(pull).as("parameter %d", i).isCloseTo(wanted[i], within(2e-2 + 2e-2 * wanted[i]));
            }
        }
    }

    /** The mean over the first task's examples of |d ||f(x)||^2 / dw|, by central differences. */
    private static double[] sensitivity(Clouds clouds) {
        double[] mean = new double[clouds.training.network().parameters().length];
        Batch batch = clouds.batch(0, Clouds.TRAINED);
        for (int i = 0; i < mean.length; i++) {
            double[] above = squaredLengths(clouds, batch, i, STEP);
            double[] below = squaredLengths(clouds, batch, i, -STEP);
            for (int row = 0; row < above.length; row++) {
                mean[i] += Math.abs(above[row] - below[row]) / (2 * STEP) / above.length;
            }
        }
        return mean;
    }

    private static double[] squaredLengths(Clouds clouds, Batch batch, int parameter, double way) {
        PlainNetwork network = clouds.training.network();
        float kept = network.parameters()[parameter];
        network.write(parameters -> parameters[parameter] = (float) (kept + way));
        float[] logits = network.forward(batch);
        OutputRange range = clouds.training.outputs().learning(0);
        double[] lengths = new double[batch.size()];
        for (int row = 0; row < lengths.length; row++) {
            for (int o = range.from(); o < range.to(); o++) {
                double logit = logits[row * network.outputs() + o];
                lengths[row] += logit * logit;
            }
        }
        network.write(parameters -> parameters[parameter] = kept);
        return lengths;
    }

    @Test
    void lambdaBelowZeroOrInfiniteIsRefused() {
        assertThatThrownBy(() -> new Mas(-1)).hasMessage("lambda must be at least 0 and finite, got -1.0");
        assertThatThrownBy(() -> new Mas(Double.POSITIVE_INFINITY))
                .hasMessage("lambda must be at least 0 and finite, got Infinity");
    }
}
