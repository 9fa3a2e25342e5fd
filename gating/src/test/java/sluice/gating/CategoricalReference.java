package sluice.gating;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** What estimators for gates that choose one of three are measured against: categorical-reference.json, read once. */
record CategoricalReference(
        String about,
        double[] logits,
        double[] probabilities,
        double[] uniforms,
        double[] exponentials,
        double[] gates,
        double[] softGates,
        double[] conditionalLogits,
        Map<String, Problem> problems) {
    static final CategoricalReference VALUES = read();

    /** The exact gradient; by estimator, moments of one sample, and the gradient under the reference's noise. */
    record Problem(double[] gradient, Map<String, Distribution> moments, Map<String, double[]> golden) {}

    /** Of one sample of an estimator; the standard error is that of the mean given here. */
    record Distribution(double[] mean, double[] variance, double[] standardError) {}

    private static CategoricalReference read() {
        try (InputStream json = CategoricalReference.class.getResourceAsStream("categorical-reference.json")) {
            return new ObjectMapper().readValue(json, CategoricalReference.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
