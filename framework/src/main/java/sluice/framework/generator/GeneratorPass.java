package sluice.framework.generator;

import sluice.framework.internal.kernel.Lane;

/**
 * Samples pushed through a network that generates, one per row(), and the terms of the negative bound. Terms of a layer of latents
 * are of two kinds: those that hang on its logits (the divergence from a learned prior, or the negative entropy beside a
 * conditional one), and those that hang on its values.
 */
final class GeneratorPass extends SampleTable {
    private final boolean sampled;
    private final double labelWeight;
    private final float[] target;
    private final double[][] ofLogits;
    private final double[][] ofValues;
    private final double[] ofOutput;

    /**
     * @param rows most samples
     * @param sampled whether every term is taken at the values drawn, as a bound of several samples needs, and none in
     *     expectation
     * @param labelWeight factor on the cross-entropy of the class where it is known
     */
    GeneratorPass(
            GeneratorShape shape, GeneratorParts parts, int rows, boolean sampled, double labelWeight, Lane lane) {
        super(shape, parts, rows, lane);
        this.sampled = sampled;
        this.labelWeight = labelWeight;
        this.target = new float[generated()];
        this.ofLogits = new double[latents()][rows];
        this.ofValues = new double[latents()][rows];
        this.ofOutput = new double[rows];
    }

    /** Whether every term is taken at the values drawn. */
    boolean isSampled() {
        return sampled;
    }

    /** The factor on the cross-entropy of the class where it is known. */
    double labelWeight() {
        return labelWeight;
    }

    /** Computes the terms from a layer's values on: those of layers before it stay as they are. */
    void terms(Lane lane, int from, int rows) {
        for (int latent = Math.max(0, from - 1); latent < latents(); latent++) {
            LatentPlace place = place(latent);
            if (place.prior() == LatentPlace.Prior.CONDITIONAL) {
                parts.prior(latent).forward(lane, priorInput(latent), rows);
            }
            if (place.prior() != LatentPlace.Prior.NONE) {
                latentTerms(lane, latent, rows);
            }
        }
        if (reachesOutput(from)) {
            outputTerms(lane, rows);
        }
    }

    /** Whether what is generated() hangs on a layer, by itself or through those after it. */
    private boolean reachesOutput(int latent) {
        LatentPlace last = place(latents() - 1);
        int to = outputInput().first() + outputInput().count();
        return place(latent).column() < to || last.column() + last.units() == to;
    }

    private void latentTerms(Lane lane, int latent, int rows) {
        LatentDensity density = density(latent);
        boolean conditional = place(latent).prior() == LatentPlace.Prior.CONDITIONAL;
        if (!conditional) {
            density.prior(parts.learned(latent).logits());
        }
        for (int r = 0; r < rows; r++) {
            posterior(lane, latent, r);
            if (isKnown(latent, r)) {
                ofValues[latent][r] = 0;
                ofLogits[latent][r] = density.priorCrossEntropy(known(r));
                continue;
            }
            get(r, latent, row());
            ofLogits[latent][r] = 0;
            if (sampled) {
                readPrior(lane, latent, r);
                ofValues[latent][r] = density.logRatio(row());
            } else if (place(latent).hasExactDivergence()) {
                readPrior(lane, latent, r);
                ofLogits[latent][r] = density.divergence();
            } else {
                density.noPrior();
                ofLogits[latent][r] = density.divergence();
                readPrior(lane, latent, r);
                ofValues[latent][r] = density.priorCrossEntropy(row());
            }
        }
    }

    private void outputTerms(Lane lane, int rows) {
        parts.output().forward(lane, outputInput(), rows);
        for (int r = 0; r < rows; r++) {
            float[] logits = lane.rows().read(parts.output().logits(), r, 0, generated());
            target(r, target);
            ofOutput[r] = lane.logits().crossEntropy(logits, target, generated());
        }
    }

    /** The sum of all terms of a sample: the negative bound of one sample, in nats. */
    double loss(int sample) {
        double sum = ofOutput[sample];
        for (int latent = 0; latent < latents(); latent++) {
            sum += ofLogits[latent][sample] + ofValues[latent][sample];
        }
        return sum;
    }

    /** The mean over samples of the cross-entropy of the class where it is known, with its factor. */
    double labelLoss(Lane lane, int rows) {
        double sum = 0;
        for (int r = 0; r < rows && hasClass(); r++) {
            if (isKnown(0, r)) {
                posterior(lane, 0, r);
                sum += labelWeight * density(0).posteriorCrossEntropy(known(r));
            }
        }
        return sum / rows;
    }

    /** The negative log-likelihood of what is generated(), given the latents. */
    double reconstruction(int sample) {
        return ofOutput[sample];
    }

    /** The terms of a layer. */
    double latentLoss(int latent, int sample) {
        return ofLogits[latent][sample] + ofValues[latent][sample];
    }

    /** The sum of those terms that hang on the values of a layer, by themselves or through later layers. */
    double lossOf(int latent, int sample) {
        double sum = reachesOutput(latent) ? ofOutput[sample] : 0;
        for (int k = latent + 1; k < latents(); k++) {
            sum += ofLogits[k][sample];
        }
        for (int k = Math.max(0, latent - 1); k < latents(); k++) {
            sum += ofValues[k][sample];
        }
        return sum;
    }
}
