package sluice.framework.generator;

import java.util.Arrays;
import sluice.framework.internal.kernel.LogitPasses;

/**
 * The distributions of one sample's latents of a layer: the posterior q by its logits, the prior p by its own, both written
 * {@code log q(h) = h . scores - normaliser}. Filled anew for each sample; the arrays are longer than the layer where the
 * caller's are.
 */
final class LatentDensity {
    private final LatentLayer layer;
    private final int units;
    private final LogitPasses passes;
    private final float[] zeros;
    private final float[] scores;
    private final float[] probabilities;
    private final float[] priorScores;
    private final float[] priorProbabilities;
    private final float[] difference;
    private double normaliser;
    private double priorNormaliser;

    LatentDensity(LatentLayer layer, LogitPasses passes) {
        this.layer = layer;
        this.units = layer.units();
        this.passes = passes;
        this.zeros = new float[units];
        this.scores = new float[units];
        this.probabilities = new float[units];
        this.priorScores = new float[units];
        this.priorProbabilities = new float[units];
        this.difference = new float[units];
    }

    /** Takes up q, by its logits times the slope. */
    void posterior(float[] logits, float slope) {
        for (int i = 0; i < units; i++) {
            scores[i] = slope * logits[i];
        }
        normaliser = fill(scores, probabilities);
    }

    /** Takes up p, by its logits. */
    void prior(float[] logits) {
        System.arraycopy(logits, 0, priorScores, 0, units);
        priorNormaliser = fill(priorScores, priorProbabilities);
    }

    /** Takes up the p that says nothing: all values alike, up to the constant that makes it a distribution. */
    void noPrior() {
        Arrays.fill(priorScores, 0);
        priorNormaliser = 0;
    }

    /** Turns logits into scores, and fills in probabilities; returns the normaliser. */
    private double fill(float[] logits, float[] into) {
        if (layer.isCategorical()) {
            passes.logSoftmax(logits, logits, units, layer.choices());
            passes.exponentials(logits, into, units);
            return 0;
        }
        passes.sigmoid(logits, into, units);
        return passes.crossEntropy(logits, zeros, units);
    }

    /** q(h = 1), unit by unit. */
    float[] probabilities() {
        return probabilities;
    }

    /** p(h = 1), unit by unit. */
    float[] priorProbabilities() {
        return priorProbabilities;
    }

    /** KL(q || p); where there is no prior, the negative entropy of q. */
    double divergence() {
        double sum = priorNormaliser - normaliser;
        for (int i = 0; i < units; i++) {
            sum += probabilities[i] * (scores[i] - priorScores[i]);
        }
        return sum;
    }

    /** log q(h) - log p(h). */
    double logRatio(float[] values) {
        double sum = priorNormaliser - normaliser;
        for (int i = 0; i < units; i++) {
            sum += values[i] * (scores[i] - priorScores[i]);
        }
        return sum;
    }

    /** -log p(h). */
    double priorCrossEntropy(float[] values) {
        double sum = priorNormaliser;
        for (int i = 0; i < units; i++) {
            sum -= values[i] * priorScores[i];
        }
        return sum;
    }

    /** -log q(h). */
    double posteriorCrossEntropy(float[] values) {
        double sum = normaliser;
        for (int i = 0; i < units; i++) {
            sum -= values[i] * scores[i];
        }
        return sum;
    }

    /** Adds {@code factor d KL(q || p) / da} at q's logits. */
    void addDivergenceGradient(float factor, float[] into) {
        for (int i = 0; i < units; i++) {
            difference[i] = scores[i] - priorScores[i];
        }
        addJacobian(factor, difference, into);
    }

    /** Adds {@code factor (d mean / da)' d}, d being a gradient at the means of q. */
    void addJacobian(float factor, float[] d, float[] into) {
        float[] q = probabilities;
        if (!layer.isCategorical()) {
            for (int i = 0; i < units; i++) {
                into[i] += factor * q[i] * (1 - q[i]) * d[i];
            }
            return;
        }
        int choices = layer.choices();
        for (int run = 0; run < units; run += choices) {
            float mean = 0;
            for (int j = run; j < run + choices; j++) {
                mean += q[j] * d[j];
            }
            for (int j = run; j < run + choices; j++) {
                into[j] += factor * q[j] * (d[j] - mean);
            }
        }
    }

    /** Adds {@code factor d log q(h) / da} at q's logits. */
    void addScore(float factor, float[] values, float[] into) {
        for (int i = 0; i < units; i++) {
            into[i] += factor * (values[i] - probabilities[i]);
        }
    }

    /** Adds {@code factor d (log q(h) - log p(h)) / dh}. */
    void addRatioGradient(float factor, float[] into) {
        for (int i = 0; i < units; i++) {
            into[i] += factor * (scores[i] - priorScores[i]);
        }
    }

    /** Adds {@code factor d (-log p(h)) / dh}. */
    void addPriorGradient(float factor, float[] into) {
        for (int i = 0; i < units; i++) {
            into[i] -= factor * priorScores[i];
        }
    }

    /** Adds {@code factor d (-log p(h)) / db} at the prior's logits; h may be the means of q. */
    void addPriorLogitGradient(float factor, float[] values, float[] into) {
        for (int i = 0; i < units; i++) {
            into[i] += factor * (priorProbabilities[i] - values[i]);
        }
    }
}
