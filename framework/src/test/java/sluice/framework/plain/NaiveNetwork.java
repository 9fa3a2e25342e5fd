package sluice.framework.plain;

import java.util.List;

/** The same network as {@link PlainNetwork}, example by example in double precision, as the formulas are written. */
final class NaiveNetwork {
    private NaiveNetwork() {}

    /** Logits of one example. */
    static double[] logits(List<ParameterBlock> blocks, double[] parameters, double[] inputs, double[][] gates) {
        double[] below = inputs;
        for (int l = 0; l < blocks.size(); l++) {
            ParameterBlock block = blocks.get(l);
            double[] units = new double[block.units()];
            for (int u = 0; u < units.length; u++) {
                units[u] = parameters[block.biases() + u];
                for (int i = 0; i < block.inputs(); i++) {
                    units[u] += below[i] * parameters[block.weight(i, u)];
                }
                if (l < blocks.size() - 1) {
                    units[u] = Math.max(0, units[u]) * gates[l][u];
                }
            }
            below = units;
        }
        return below;
    }

    /** The mean cross-entropy of a batch, all outputs competing. */
    static double loss(List<ParameterBlock> blocks, double[] parameters, Batch batch, double[][] gates) {
        double loss = 0;
        for (int row = 0; row < batch.size(); row++) {
            double[] logits = logits(blocks, parameters, inputs(batch, row), gates);
            double sum = 0;
            for (double logit : logits) {
                sum += Math.exp(logit);
            }
            loss += (Math.log(sum) - logits[batch.target(row)]) / batch.size();
        }
        return loss;
    }

    static double[] inputs(Batch batch, int row) {
        double[] inputs = new double[batch.features()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = batch.inputs()[row * inputs.length + i];
        }
        return inputs;
    }
}
