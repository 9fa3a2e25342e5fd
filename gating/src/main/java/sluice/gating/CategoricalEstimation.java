package sluice.gating;

import java.util.random.RandomGenerator;

/**
 * An estimation for runs of K gates, of which one is open: D, one-hot with probabilities {@code pi = softmax(s a)}. Drawn
 * as the largest of {@code s a + G}, G standard Gumbel noise (Gumbel's maximum trick), for which each gate takes one
 * uniform number.
 */
abstract class CategoricalEstimation extends RunwiseEstimation {
    private final boolean stochastic;
    private final int choices;
    private final double[] scaled;
    private final double[] probabilities;
    private final double[] noisy;

    CategoricalEstimation(GateLayout layout, Probe... probes) {
        super(layout, probes);
        stochastic = layout.neuron().sampling() == BinaryNeuron.Sampling.STOCHASTIC;
        choices = layout.choices();
        scaled = new double[layout.maxLogits()];
        probabilities = new double[layout.maxLogits()];
        noisy = new double[choices];
    }

    @Override
    void prepare(int l, double[] logits) {
        scale(l, logits);
        softmax(scaled, l, 1, probabilities, l);
    }

    /** Takes up {@code s a}, without pi. */
    final void scale(int l, double[] logits) {
        for (int j = l; j < l + choices; j++) {
            scaled[j] = slope() * logits[j];
        }
    }

    @Override
    void draw(int at, int l, RandomGenerator noise) {
        open(probe().gates(), at, perturb(l, noise));
    }

    /** Draws {@code s a + G} of a run, and gives the first of the largest. */
    final int perturb(int l, RandomGenerator noise) {
        for (int j = 0; j < choices; j++) {
            noisy[j] = scaled[l + j] + (stochastic ? -Math.log(exponential(noise)) : 0);
        }
        return largest(noisy);
    }

    /** {@code ratio^(1 / temperature)}, without a logarithm at the temperatures of 1 and 1/2 that are usual. */
    static double power(double ratio, double sharpness) {
        return sharpness == 1 ? ratio : sharpness == 2 ? ratio * ratio : Math.pow(ratio, sharpness);
    }

    /** Standard exponential noise. */
    static double exponential(RandomGenerator noise) {
        return -Math.log(uniform(noise));
    }

    /** Opens one gate of a run, and closes the others. */
    final void open(double[] gates, int at, int chosen) {
        for (int j = 0; j < choices; j++) {
            gates[at + j] = j == chosen ? 1 : 0;
        }
    }

    /** The first of the largest. */
    private static int largest(double[] values) {
        int largest = 0;
        for (int j = 1; j < values.length; j++) {
            if (values[j] > values[largest]) {
                largest = j;
            }
        }
        return largest;
    }

    /** {@code softmax(x / temperature)} of one run. */
    final void softmax(double[] x, int from, double temperature, double[] into, int to) {
        double largest = x[from];
        for (int j = 1; j < choices; j++) {
            largest = Math.max(largest, x[from + j]);
        }
        double sum = 0;
        for (int j = 0; j < choices; j++) {
            double below = x[from + j] - largest;
            into[to + j] = Math.exp(temperature == 1 ? below : below / temperature);
            sum += into[to + j];
        }
        for (int j = 0; j < choices; j++) {
            into[to + j] /= sum;
        }
    }

    /** Adds {@code factor J(x) d}, with {@code J(x) = diag(x) - x x'} and d the gradient at the run's gates. */
    final void addJacobian(double factor, double[] x, int from, int at, double[] into, int l) {
        double[] upstream = gradientProbe().upstream();
        double mean = 0;
        for (int j = 0; j < choices; j++) {
            // a soft gate of 0 may come back without an answer
            mean += x[from + j] == 0 ? 0 : x[from + j] * upstream[at + j];
        }
        for (int j = 0; j < choices; j++) {
            into[l + j] += x[from + j] == 0 ? 0 : factor * x[from + j] * (upstream[at + j] - mean);
        }
    }

    final Probe probe() {
        return probe(0);
    }

    /** The probe at whose gates the gradient is taken. */
    Probe gradientProbe() {
        return probe();
    }

    /** K. */
    final int choices() {
        return choices;
    }

    /** pi, as the logits come. */
    final double[] probabilities() {
        return probabilities;
    }

    /** {@code s a + G} of the run that was drawn last. */
    final double[] noisy() {
        return noisy;
    }
}
