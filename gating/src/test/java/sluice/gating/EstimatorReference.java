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
        double[] noise,
        QuadraticLoss quadratic,
        NetworkLoss network,
        Map<String, Problem> problems) {
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
            double updateThenUseRelativeBias) {}

    /** Over all gate configurations. */
    record Exact(double expectedLoss, double[] gradient, double[] baselines) {}

    /** Of one sample of an estimator. */
    record Distribution(double[] mean, double[] variance) {}

    /** An estimator's gates and gradient under the reference's noise. */
    record Golden(double[] gates, double[] gradient) {}

    /** Deterministic gates, the loss at them, and gradients by estimator. */
    record Threshold(double[] gates, double loss, Map<String, double[]> gradient) {}

    private static EstimatorReference read() {
        try (InputStream json = EstimatorReference.class.getResourceAsStream("estimator-reference.json")) {
            return new ObjectMapper().readValue(json, EstimatorReference.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
