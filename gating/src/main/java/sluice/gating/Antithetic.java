package sluice.gating;

import java.util.random.RandomGenerator;

/**
 * Two antithetic samples from one uniform number per gate, {@code h1 = 1[u > 1 - p]} and {@code h2 = 1[u < p]}, and the
 * difference of their losses. Unbiased, with no running state and no gradient at the gates; two forward passes. Written
 * for any activation: the sigmoid's estimate with respect to log(p / (1 - p)), times that one's derivative. Gates that
 * choose one of several do so by a tree of such decisions (Dong, Mnih and Tucker 2021).
 *
 * @param form what the difference of the losses is multiplied by
 */
public record Antithetic(Form form) implements GradientEstimator {
    /** What the difference of the losses is multiplied by. */
    public enum Form {
        /** {@code u - 1/2} (ARM: Yin and Zhou 2019, theorem 1). */
        ARM,
        /**
         * {@code (-1)^h2 1[h1 != h2] max(p, 1 - p) / 2}: ARM with u integrated out given the pair, so never of larger
         * variance (DisARM: Dong, Mnih and Tucker 2020, eq. 5; U2G: Yin, Ho, Yan, Qian and Zhou 2020).
         */
        DISARM
    }

    @Override
    public String name() {
        return form == Form.ARM ? "arm" : "disarm";
    }

    @Override
    public GateEstimation begin(GateLayout layout) {
        Demand.stochastic(this, layout);
        if (layout.categorical()) {
            Demand.softmax(this, layout);
            return new CategoricalAntithetic(form, layout);
        }
        return new Estimation(form, layout);
    }

    private static final class Estimation extends GatewiseEstimation {
        private final Form form;
        private final double[] probabilities;
        private final double[] scoreFactors;
        private final double[] uniforms;

        Estimation(Form form, GateLayout layout) {
            super(
                    layout,
                    new Probe(layout, Probe.Values.BINARY, true, Probe.Upstream.NONE, true),
                    new Probe(layout, Probe.Values.BINARY, true, Probe.Upstream.NONE, false));
            this.form = form;
            this.probabilities = new double[layout.maxLogits()];
            this.scoreFactors = new double[layout.maxLogits()];
            this.uniforms = new double[layout.maxRows() * layout.units()];
        }

        @Override
        void prepare(int l, double logit) {
            probabilities[l] = layout().neuron().activation().probability(logit, slope());
            scoreFactors[l] = layout().neuron().activation().scoreFactor(logit, slope());
        }

        @Override
        void draw(int at, int l, RandomGenerator noise) {
            double u = noise.nextDouble();
            uniforms[at] = u;
            probe(0).gates()[at] = u > 1 - probabilities[l] ? 1 : 0;
            probe(1).gates()[at] = u < probabilities[l] ? 1 : 0;
        }

        @Override
        double gradient(int row, int at, int l) {
            double difference = (lossShare(0, row) - lossShare(1, row)) * scoreFactors[l];
            return switch (form) {
                case ARM -> difference * (uniforms[at] - 0.5);
                // h1 - h2 is (-1)^h2 where the two differ, else 0
                case DISARM ->
                    difference
                            * (probe(0).gates()[at] - probe(1).gates()[at])
                            * Math.max(probabilities[l], 1 - probabilities[l])
                            / 2;
            };
        }
    }
}
