package sluice.framework.generator;

import java.util.Arrays;
import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.dense.DenseStack;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/** The way back of a {@link GeneratorPass}: from the terms of the negative bound to the gradients at values, logits and parameters. */
final class GeneratorBackward implements AutoCloseable {
    private final GeneratorPass pass;
    private final GeneratorParts parts;
    private final NativeMatrix valueGradients;
    private final float[] target;
    private final float[] zeros;
    private final float[] row;
    private final float[] copy;
    private final float[] gradient;
    private final float[] ofPrior;

    /**
     * @param rows most samples
     */
    GeneratorBackward(GeneratorPass pass, int rows) {
        this.pass = pass;
        this.parts = pass.parts;
        this.valueGradients = NativeMatrix.allocate(rows, pass.columns());
        this.target = new float[pass.generated()];
        this.zeros = new float[pass.columns()];
        this.row = pass.row();
        this.gradient = new float[pass.columns()];
        this.ofPrior = new float[pass.columns()];
        this.copy = new float[pass.hasClass() ? pass.place(0).units() : 0];
    }

    /** Forgets all gradients at values. */
    void clearGradients(int rows) {
        for (int r = 0; r < rows; r++) {
            valueGradients.put(r, 0, zeros, 0, zeros.length);
        }
    }

    /**
     * From the terms of what is generated to the gradients at values.
     *
     * @param factors per sample
     */
    void outputBackward(Lane lane, double[] factors, int rows, DenseStack.Back back) {
        DenseStack output = parts.output();
        for (int r = 0; r < rows; r++) {
            float[] residual = lane.rows().read(output.logits(), r, 0, pass.generated());
            lane.logits().sigmoid(residual, residual, pass.generated());
            pass.target(r, target);
            float factor = (float) factors[r];
            for (int j = 0; j < pass.generated(); j++) {
                residual[j] = factor * (residual[j] - target[j]);
            }
            lane.rows().write(output.logitGradient(), r, 0, pass.generated());
        }
        Columns gradients = new Columns(
                valueGradients, pass.outputInput().first(), pass.outputInput().count());
        output.backward(lane, pass.outputInput(), gradients, rows, back);
    }

    /** From the terms that hang on a layer's values to the gradients there, at the layer above, and of its prior. */
    void valueTermsBackward(Lane lane, int latent, double[] factors, int rows, DenseStack.Back back) {
        LatentPlace place = pass.place(latent);
        boolean conditional = place.prior() == LatentPlace.Prior.CONDITIONAL;
        if (place.prior() == LatentPlace.Prior.NONE || (!pass.isSampled() && !conditional)) {
            return;
        }
        boolean exact = !pass.isSampled() && place.hasExactDivergence();
        LatentDensity density = pass.density(latent);
        if (!conditional) {
            density.prior(parts.learned(latent).logits());
        }
        for (int r = 0; r < rows; r++) {
            float factor = (float) factors[r];
            pass.readPrior(lane, latent, r);
            if (pass.isKnown(latent, r)) {
                continue;
            }
            valueGradients.get(r, place.column(), gradient, 0, place.units());
            if (exact) {
                pass.posterior(lane, latent, r);
            } else if (pass.isSampled()) {
                pass.posterior(lane, latent, r);
                density.addRatioGradient(factor, gradient);
            } else {
                density.addPriorGradient(factor, gradient);
            }
            valueGradients.put(r, place.column(), gradient, 0, place.units());
            pass.get(r, latent, row);
            if (conditional) {
                Arrays.fill(ofPrior, 0, place.units(), 0);
                density.addPriorLogitGradient(factor, exact ? density.probabilities() : row, ofPrior);
                parts.prior(latent).logitGradient().put(r, 0, ofPrior, 0, place.units());
            } else if (back != DenseStack.Back.INPUTS) {
                density.addPriorLogitGradient(factor, row, parts.learned(latent).gradient());
            }
        }
        if (conditional) {
            Columns above = pass.priorInput(latent);
            Columns gradients = new Columns(valueGradients, above.first(), above.count());
            parts.prior(latent).backward(lane, above, gradients, rows, back);
        }
    }

    /**
     * Adds to a sample's gradient at a layer's logits what comes of the terms that hang on these: of the layer's own
     * distribution, not of its values.
     *
     * @param into [units]
     * @param learns whether the learned prior takes its gradient, too
     */
    void addLogitTerms(Lane lane, int latent, int sample, float factor, float[] into, boolean learns) {
        LatentPlace place = pass.place(latent);
        if (place.prior() == LatentPlace.Prior.NONE) {
            return;
        }
        LatentDensity density = pass.density(latent);
        float slope = pass.slope(latent);
        pass.posterior(lane, latent, sample);
        if (pass.isKnown(latent, sample)) {
            float[] known = pass.known(sample);
            density.addScore((float) (-factor * pass.labelWeight() * slope), known, into);
            if (learns) {
                density.prior(parts.learned(latent).logits());
                density.addPriorLogitGradient(
                        factor, known, parts.learned(latent).gradient());
            }
            return;
        }
        if (pass.isSampled()) {
            pass.get(sample, latent, row);
            density.addScore(factor * slope, row, into);
            return;
        }
        if (!place.hasExactDivergence()) {
            density.noPrior();
        } else if (place.prior() == LatentPlace.Prior.LEARNED) {
            density.prior(parts.learned(latent).logits());
        } else {
            pass.readPrior(lane, latent, sample);
        }
        density.addDivergenceGradient(factor * slope, into);
        if (learns && place.prior() == LatentPlace.Prior.LEARNED) {
            density.addPriorLogitGradient(
                    factor, density.probabilities(), parts.learned(latent).gradient());
        }
    }

    /** The gradient at a sample's values of a layer. */
    void valueGradient(int sample, int latent, float[] into) {
        int units = pass.place(latent).units();
        valueGradients.get(sample, pass.place(latent).column(), into, 0, units);
        for (int i = 0; latent == 0 && i < pass.copiesOfClass().size(); i++) {
            valueGradients.get(sample, pass.copiesOfClass().get(i), copy, 0, units);
            for (int j = 0; j < units; j++) {
                into[j] += copy[j];
            }
        }
    }

    /** Adds the gradient at means, taken at the values of a layer, to that at its logits. */
    void addMeanGradient(Lane lane, int latent, int sample, float[] into) {
        pass.posterior(lane, latent, sample);
        valueGradient(sample, latent, row);
        pass.density(latent).addJacobian(pass.slope(latent), row, into);
    }

    /** Where the gradient at the logits of a layer goes [rows, units]. */
    NativeMatrix logitGradient(int latent) {
        return parts.encoder(latent).logitGradient();
    }

    /** From the gradient at a layer's logits to its encoder, and to the values of latents that it looks at. */
    void encoderBackward(Lane lane, int latent, int rows, DenseStack.Back back) {
        LatentPlace place = pass.place(latent);
        int first = Math.max(pass.given(), place.encoderFrom());
        boolean looksAtLatents = first < place.encoderTo();
        if (!looksAtLatents && back == DenseStack.Back.INPUTS) {
            return;
        }
        DenseStack.Back needed = !looksAtLatents && back == DenseStack.Back.BOTH ? DenseStack.Back.PARAMETERS : back;
        Columns gradients = new Columns(valueGradients, first, place.encoderTo() - first);
        parts.encoder(latent).backward(lane, pass.encoderInput(latent), gradients, rows, needed);
    }

    @Override
    public void close() {
        valueGradients.close();
    }
}
