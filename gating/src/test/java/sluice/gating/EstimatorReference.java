package sluice.gating;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** What every estimator is measured against: estimator-reference.json, read once. */
record EstimatorReference(
        String about,
        Map<String, double[]> logits,
        Map<String, double[]> probabilities,
        Map<String, double[]> noise,
        Map<String, Problem> problems,
        double[] surrogate,
        double[] gaussianMeans,
        Map<String, Penalty> penalties) {
    static final EstimatorReference VALUES = read();

    /** A problem's exact values; keys are gate settings in {@code exact}, estimators in the other maps. */
    record Problem(
            double[] losses,
            Map<String, Exact> exact,
            Map<String, Distribution> moments,
            Map<String, Golden> golden,
            Threshold threshold,
            Map<String, Distribution> perExample,
            double runningBaselineSummedVariance,
            double updateThenUseRelativeBias,
            double[] gumbelRaoThroughItsNoise) {}

    /** Over all gate configurations. */
    record Exact(double expectedLoss, double[] gradient, double[] baselines) {}

    /** Of one sample of an estimator; {@code meanError} is the standard error of a mean that is not exact. */
    record Distribution(double[] mean, double[] variance, double[] meanError) {
        Distribution {
            meanError = meanError == null ? new double[mean.length] : meanError;
        }
    }

    /** An estimator's gates of each probe and its gradient under the reference's noise. */
    record Golden(double[][] probes, double[] gradient) {}

    /** Deterministic gates, the loss at them, and gradients by estimator. */
    record Threshold(double[] gates, double loss, Map<String, double[]> gradient) {}

    /** What a gate model says of the reference's logits. */
    record Penalty(double[] activity, double[] derivative, double[] testValue) {}

    private static EstimatorReference read() {
        try (InputStream json = EstimatorReference.class.getResourceAsStream("estimator-reference.json")) {
            return new ObjectMapper().readValue(json, EstimatorReference.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
