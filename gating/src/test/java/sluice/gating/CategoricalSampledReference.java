package sluice.gating;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** What estimators from samples of choices are measured against: categorical-sampled-reference.json, read once. */
record CategoricalSampledReference(
        String about,
        double temperature,
        double[] surrogate,
        Map<String, double[]> noise,
        Map<String, double[][]> probes,
        Map<String, Problem> problems) {
    static final CategoricalSampledReference VALUES = read();

    /** By estimator: the gradient under the reference's noise, and the variance of one sample. */
    record Problem(
            double[] baselines,
            double[] minimumVarianceMean,
            Map<String, double[]> golden,
            Map<String, double[]> variance) {}

    private static CategoricalSampledReference read() {
        try (InputStream json =
                CategoricalSampledReference.class.getResourceAsStream("categorical-sampled-reference.json")) {
            return new ObjectMapper().readValue(json, CategoricalSampledReference.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
