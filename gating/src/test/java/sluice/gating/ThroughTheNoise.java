package sluice.gating;

import java.util.random.RandomGenerator;

/** Wrong on purpose: Gumbel-Rao with one draw, whose gradient passes through the noise that is drawn given the gate. */
final class ThroughTheNoise extends BernoulliEstimation {
    private static final double TEMPERATURE = 0.5;

    private final double[] logits;
    private final double[] derivatives;

    ThroughTheNoise(GateLayout layout) {
        super(layout, false, Probe.Upstream.ALL);
        logits = new double[layout.units()];
        derivatives = new double[layout.units()];
    }

    @Override
    void prepare(int l, double logit) {
        super.prepare(l, logit);
        logits[l] = logit;
    }

    @Override
    void draw(int at, int l, RandomGenerator noise) {
        super.draw(at, l, noise);
        double p = probability(l);
        boolean open = probe().gates()[at] == 1;
        double v = uniform(noise);
        double odds = open ? v / (1 - v) : (1 - v) / v;
        double other = open ? 1 - p : p;
        double given = Math.log1p(odds / other) * (open ? 1 : -1);
        double soft = sigmoid(given / TEMPERATURE);
        double path = odds * Math.exp(open ? logits[l] : -logits[l]) / (1 + odds / other);
        derivatives[at] = soft * (1 - soft) / TEMPERATURE * path;
    }

    @Override
    double gradient(int row, int at, int l) {
        return probe().upstream()[at] * derivatives[at];
    }
}
