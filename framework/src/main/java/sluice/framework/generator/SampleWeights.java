package sluice.framework.generator;

import java.util.Arrays;

/**
 * What each sample counts for in the mean negative bound of a batch, samples of an example side by side. With one sample a
 * batch's samples count alike; with m the bound is {@code -log mean exp(-f)} (Burda, Grosse and Salakhutdinov 2016, eq. 8),
 * and a sample's gradient counts by its share of that mean.
 */
final class SampleWeights {
    private final int samples;
    private final double[] factors;
    private final double[] signals;
    private final double[] losses;

    SampleWeights(int rows, int samples) {
        this.samples = samples;
        this.factors = new double[rows];
        this.signals = new double[rows];
        this.losses = new double[samples];
    }

    /** The factors of samples that count alike. */
    double[] even(int rows) {
        Arrays.fill(factors, 0, rows, 1.0 / rows);
        return factors;
    }

    /** Takes up the losses of a pass; returns the mean negative bound. */
    double weigh(GeneratorPass pass, int rows) {
        if (samples == 1) {
            double sum = 0;
            for (int r = 0; r < rows; r++) {
                sum += pass.loss(r);
            }
            even(rows);
            return sum / rows;
        }
        int examples = rows / samples;
        double sum = 0;
        for (int first = 0; first < rows; first += samples) {
            for (int i = 0; i < samples; i++) {
                losses[i] = pass.loss(first + i);
            }
            sum += weigh(first, examples);
        }
        return sum / examples;
    }

    private double weigh(int first, int examples) {
        double least = Double.POSITIVE_INFINITY;
        double total = 0;
        for (double loss : losses) {
            least = Math.min(least, loss);
            total += loss;
        }
        double mass = 0;
        for (double loss : losses) {
            mass += Math.exp(least - loss);
        }
        double bound = least - Math.log(mass / samples);
        for (int i = 0; i < samples; i++) {
            factors[first + i] = Math.exp(least - losses[i]) / mass / examples;
            double others = (total - losses[i]) / (samples - 1);
            signals[first + i] = samples * (bound - without(i, others));
        }
        return bound;
    }

    /** The bound with one sample's loss in the place of the mean of the others': VIMCO's baseline (Mnih and Rezende 2016, eq. 8). */
    private double without(int index, double loss) {
        double least = loss;
        for (int i = 0; i < samples; i++) {
            least = i == index ? least : Math.min(least, losses[i]);
        }
        double mass = 0;
        for (int i = 0; i < samples; i++) {
            mass += Math.exp(least - (i == index ? loss : losses[i]));
        }
        return least - Math.log(mass / samples);
    }

    /** What each sample's gradient is multiplied by. */
    double[] factors() {
        return factors;
    }

    /** Whether losses are {@link #signals}, not those of samples by themselves. */
    boolean several() {
        return samples > 1;
    }

    /** The loss that a sample's score is multiplied by, in a bound of several, less its baseline. */
    double[] signals() {
        return signals;
    }
}
