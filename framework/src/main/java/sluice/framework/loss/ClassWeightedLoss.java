package sluice.framework.loss;

import java.util.Arrays;
import sluice.tasks.OutputRange;

/**
 * Another loss, of which each example's part counts as much as its class: {@code w[target] * loss}.
 *
 * @param loss of an example, unweighted
 * @param weights by output, each at least 0; not copied
 */
public record ClassWeightedLoss(Loss loss, double[] weights) implements Loss {
    @Override
    public String name() {
        return loss.name();
    }

    @Override
    public double ofRow(
            float[] outputs, int start, OutputRange competing, int target, double weight, float[] gradient) {
        return loss.ofRow(outputs, start, competing, target, weight * weights[target], gradient);
    }

    @Override
    public double ofColumns(float[] values, int outputs, int columns, int batch, int[] targets, double[] losses) {
        loss.ofColumns(values, outputs, columns, batch, targets, losses);
        for (int start = 0; start < outputs * columns; start += columns) {
            for (int e = 0; e < batch; e++) {
                values[start + e] = (float) (weights[targets[e]] * values[start + e]);
            }
        }
        double sum = 0;
        for (int e = 0; e < batch; e++) {
            losses[e] *= weights[targets[e]];
            sum += losses[e];
        }
        return sum / batch;
    }

    @Override
    public String toString() {
        return loss + " weighted " + Arrays.toString(weights);
    }
}
