package sluice.gating;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import sluice.gating.exact.GatedLoss;
import sluice.gating.exact.Moments;
import sluice.gating.exact.ProbeAnswers;

/** A loss of gates of which one of each run of {@code choices} is open: exact values, and trials of estimators. */
record Choices(GatedLoss loss, int choices, double slope, double[] logits, Granularity granularity) {
    /** A Gumbel noise of 27, which outdoes any difference of logits here. */
    private static final double OVERWHELMING = 1 - 1e-12;

    GateLayout layout() {
        return new GateLayout(
                BinaryNeuron.STOCHASTIC_SIGMOID,
                granularity,
                logits.length,
                loss.examples(),
                choices,
                GateLayout.Logits.SHARED);
    }

    double[] probabilities() {
        double[] probabilities =
                Arrays.stream(logits).map(a -> Math.exp(slope * a)).toArray();
        for (int from = 0; from < logits.length; from += choices) {
            double sum = Arrays.stream(probabilities, from, from + choices).sum();
            for (int i = from; i < from + choices; i++) {
                probabilities[i] /= sum;
            }
        }
        return probabilities;
    }

    /** {@code sum_D P(D) L(D) d log P(D) / da}, over all configurations. */
    double[] gradient() {
        double[] probabilities = probabilities();
        double[] gradient = new double[logits.length];
        forEach((gates, weight) -> {
            double weighted = slope * weight * loss.loss(gates);
            Arrays.setAll(gradient, i -> gradient[i] + weighted * (gates[i] - probabilities[i]));
        });
        return gradient;
    }

    /** E[L]. */
    double expectedLoss() {
        double[] expected = new double[1];
        forEach((gates, weight) -> expected[0] += weight * loss.loss(gates));
        return expected[0];
    }

    Choices withLogit(int index, double logit) {
        double[] others = logits.clone();
        others[index] = logit;
        return new Choices(loss, choices, slope, others, granularity);
    }

    /** The exact mean of an estimator with one set of gates, of which its estimate is a function. */
    double[] mean(GateEstimation estimation) {
        double[] mean = new double[logits.length];
        forEach((gates, weight) -> {
            double[] noise = Arrays.stream(gates)
                    .map(gate -> gate == 1 ? OVERWHELMING : 0.5)
                    .toArray();
            double[] estimate = step(estimation, new FixedNoise(noise));
            Arrays.setAll(mean, i -> mean[i] + weight * estimate[i]);
        });
        return mean;
    }

    double[] step(GateEstimation estimation, RandomGenerator noise) {
        double[] gradient = new double[logits.length];
        step(estimation, new ProbeAnswers(loss, granularity), noise, gradient);
        return gradient;
    }

    Moments run(GateEstimation estimation, int samples, long seed) {
        return run(() -> estimation, samples, seed);
    }

    /** Of estimations that may be begun anew for each sample. */
    Moments run(Supplier<GateEstimation> estimations, int samples, long seed) {
        ProbeAnswers answers = new ProbeAnswers(loss, granularity);
        RandomGenerator noise = new SplittableRandom(seed);
        Moments moments = new Moments(logits.length);
        double[] gradient = new double[logits.length];
        for (int sample = 0; sample < samples; sample++) {
            step(estimations.get(), answers, noise, gradient);
            moments.add(gradient);
        }
        return moments;
    }

    private void step(GateEstimation estimation, ProbeAnswers answers, RandomGenerator noise, double[] gradient) {
        estimation.draw(logits, slope, Progress.START, loss.examples(), noise);
        estimation.probes().forEach(answers::answer);
        estimation.gradient(gradient);
    }

    /** All configurations, with their probabilities. */
    private void forEach(BiConsumer<double[], Double> visitor) {
        forEach(0, new double[logits.length], 1, probabilities(), visitor);
    }

    private void forEach(
            int from, double[] gates, double weight, double[] probabilities, BiConsumer<double[], Double> visitor) {
        if (from == gates.length) {
            visitor.accept(gates, weight);
            return;
        }
        for (int i = from; i < from + choices; i++) {
            gates[i] = 1;
            forEach(from + choices, gates, weight * probabilities[i], probabilities, visitor);
            gates[i] = 0;
        }
    }
}
