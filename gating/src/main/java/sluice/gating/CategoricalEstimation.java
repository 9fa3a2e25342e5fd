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
        for (int j = l; j < l + choices; j++) {
            scaled[j] = slope() * logits[j];
        }
        softmax(scaled, l, 1, probabilities, l);
    }

    @Override
    void draw(int at, int l, RandomGenerator noise) {
        for (int j = 0; j < choices; j++) {
            noisy[j] = scaled[l + j] + (stochastic ? gumbel(noise) : 0);
        }
        open(probe().gates(), at, largest(noisy));
    }

    /** Opens one gate of a run, and closes the others. */
    final void open(double[] gates, int at, int chosen) {
        for (int j = 0; j < choices; j++) {
            gates[at + j] = j == chosen ? 1 : 0;
        }
    }

    private static double gumbel(RandomGenerator noise) {
        return -Math.log(-Math.log(uniform(noise)));
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
            into[to + j] = Math.exp((x[from + j] - largest) / temperature);
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
