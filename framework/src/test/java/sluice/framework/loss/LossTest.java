package sluice.framework.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import sluice.tasks.OutputRange;

/** What holds for every loss: gradients are those of the loss, and both ways to lay outputs out say the same. */
class LossTest {
    private static final int OUTPUTS = 6;
    private static final int EXAMPLES = 3;
    private static final OutputRange SOME = new OutputRange(1, 5);
    private static final float STEP = 1e-2f;
    private static final double WEIGHT = 0.7;

    @Provide
    Arbitrary<Loss> losses() {
        double[] weights = {0.3, 2, 1, 0.7, 5, 0.1, 3};
        return Arbitraries.of(
                new SoftmaxCrossEntropy(),
                new MeanSquaredError(),
                new ClassWeightedLoss(new SoftmaxCrossEntropy(), weights),
                new ClassWeightedLoss(new MeanSquaredError(), weights));
    }

    private static float[] outputs(SplittableRandom random) {
        float[] outputs = new float[EXAMPLES * OUTPUTS];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = (float) (2 * random.nextGaussian());
        }
        return outputs;
    }

    @Property(tries = 100)
    void theGradientOfARowIsThatOfItsLossAndLeavesOtherOutputsAlone(@ForAll long seed, @ForAll("losses") Loss loss) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] outputs = outputs(random);
        int target = SOME.from() + random.nextInt(SOME.to() - SOME.from());
        float[] gradient = new float[outputs.length];

        loss.ofRow(outputs, OUTPUTS, SOME, target, WEIGHT, gradient);

        for (int i = 0; i < outputs.length; i++) {
            float[] up = outputs.clone();
            float[] down = outputs.clone();
            up[i] += STEP;
            down[i] -= STEP;
            double rise = loss.ofRow(up, OUTPUTS, SOME, target, WEIGHT, new float[outputs.length])
                    - loss.ofRow(down, OUTPUTS, SOME, target, WEIGHT, new float[outputs.length]);
            assertThat((double) gradient[i]).isCloseTo(rise / (up[i] - down[i]), within(1e-3));
            boolean competes = i >= OUTPUTS + SOME.from() && i < OUTPUTS + SOME.to();
            assertThat(competes || gradient[i] == 0).isTrue();
        }
    }

    @Property(tries = 100)
    void columnsAndRowsSayTheSame(@ForAll long seed, @ForAll("losses") Loss loss) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] rows = outputs(random);
        int[] targets = random.ints(EXAMPLES, 0, OUTPUTS).toArray();
        int batch = EXAMPLES - 1;
        float[] columns = new float[rows.length];
        for (int e = 0; e < EXAMPLES; e++) {
            for (int o = 0; o < OUTPUTS; o++) {
                columns[o * EXAMPLES + e] = rows[e * OUTPUTS + o];
            }
        }
        double[] losses = new double[batch];

        double mean = loss.ofColumns(columns, OUTPUTS, EXAMPLES, batch, targets, losses);

        double sum = 0;
        float[] gradient = new float[rows.length];
        for (int e = 0; e < batch; e++) {
            double own = loss.ofRow(rows, e * OUTPUTS, new OutputRange(0, OUTPUTS), targets[e], 1.0 / batch, gradient);
            assertThat(losses[e]).isCloseTo(own * batch, within(1e-9));
            sum += own;
        }
        assertThat(mean).isCloseTo(sum, within(1e-9));
        for (int e = 0; e < EXAMPLES; e++) {
            for (int o = 0; o < OUTPUTS; o++) {
                float expected = e < batch ? gradient[e * OUTPUTS + o] : rows[e * OUTPUTS + o];
                assertThat(columns[o * EXAMPLES + e]).isCloseTo(expected, within(1e-6f));
            }
        }
    }
}
