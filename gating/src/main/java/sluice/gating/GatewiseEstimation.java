package sluice.gating;

/**
 * An estimation for independent gates, which goes gate by gate: what is drawn for one gate, and what it adds to its
 * logit's gradient, is each estimator's own.
 */
abstract class GatewiseEstimation extends RunwiseEstimation {
    GatewiseEstimation(GateLayout layout, Probe... probes) {
        super(layout, probes);
    }

    /** Takes up a logit, before any gate is drawn. */
    abstract void prepare(int l, double logit);

    /** What one gate adds to the gradient of its logit. */
    abstract double gradient(int row, int at, int l);

    @Override
    final void prepare(int l, double[] logits) {
        prepare(l, logits[l]);
    }

    @Override
    final void addGradient(int row, int at, int l, double[] into) {
        into[l] += gradient(row, at, l);
    }

    /** The inverse of the sigmoid: logistic noise, from a uniform number. */
    static double logit(double u) {
        return Math.log(u) - Math.log1p(-u);
    }

    /** The logistic function. */
    static double sigmoid(double x) {
        return GateActivation.SIGMOID.probability(x, 1);
    }
}
