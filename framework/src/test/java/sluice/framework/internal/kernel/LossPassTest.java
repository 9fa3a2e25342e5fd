package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import sluice.framework.loss.SoftmaxCrossEntropy;

class LossPassTest {
    @Test
    void lossGradientAndRightAnswersOfABatch() {
        Passes passes = new Passes();
        float[] z = {0, 1, 5, 1, 2, 0};
        double[] losses = new double[2];
        float[] dBiases = new float[2];
        // two classes; columns are three examples, of which two are in use; the bias turns the second one's answer
        try (NativeMatrix logits = NativeMatrix.allocate(2, 3)) {
            logits.put(0, 0, z, 0, 6);

            double loss = passes.loss(
                    new SoftmaxCrossEntropy(), logits, new float[] {0, -2}, 2, new int[] {0, 1}, losses, dBiases);

            assertThat(passes.right()).isEqualTo(1);
            assertThat(losses[0]).isCloseTo(Math.log(1 + Math.exp(-1)), within(1e-6));
            assertThat(losses[1]).isCloseTo(Math.log(1 + Math.exp(1)), within(1e-6));
            assertThat(loss).isCloseTo((losses[0] + losses[1]) / 2, within(1e-12));
            assertThat(dBiases[0]).isCloseTo(-dBiases[1], within(1e-6f));
        }
    }
}
