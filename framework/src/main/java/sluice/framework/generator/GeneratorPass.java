package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * Samples pushed through a network that generates, one per row: the table of values, the terms of the negative bound, and the
 * way back. Terms of a layer of latents are of two kinds: those that hang on its logits (the divergence from a learned prior,
 * or the negative entropy beside a conditional one), and those that hang on its values.
 */
final class GeneratorPass implements AutoCloseable {
    /** In the place of a label. */
    static final int UNKNOWN = -1;

    private final GeneratorParts parts;
    private final ImmutableList<LatentPlace> places;
    private final boolean sampled;
    private final NativeMatrix values;
    private final NativeMatrix valueGradients;
    private final Columns outputInput;
    private final ImmutableList<Integer> copiesOfClass;
    private final float[] copy;
    private final int given;
    private final int generated;
    private final float[] targets;
    private final float[] target;
    private final float[] zeros;
    private final float[] row;
    private final LatentDensity[] densities;
    private final double[][] ofLogits;
    private final double[][] ofValues;
    private final double[] ofOutput;
    private final float[] slopes;
    private final int[] labels;
    private final boolean hasClass;
    private final double labelWeight;

    /**
     * @param rows most samples
     * @param sampled whether every term is taken at the values drawn, as a bound of several samples needs, and none in
     *     expectation
     * @param labelWeight factor on the cross-entropy of the class where it is known
     */
    GeneratorPass(
            GeneratorShape shape, GeneratorParts parts, int rows, boolean sampled, double labelWeight, Lane lane) {
        this.parts = parts;
        this.hasClass = shape.classes() > 0;
        this.labelWeight = labelWeight;
        this.labels = new int[rows];
        Arrays.fill(labels, UNKNOWN);
        this.places = parts.places();
        this.sampled = sampled;
        int columns = LatentPlace.columns(shape);
        this.values = NativeMatrix.allocate(rows, columns);
        this.valueGradients = NativeMatrix.allocate(rows, columns);
        int from = LatentPlace.outputFrom(shape);
        this.outputInput = new Columns(values, from, LatentPlace.outputTo(shape) - from);
        this.copiesOfClass = LatentPlace.copiesOfClass(shape);
        this.copy = new float[shape.classes()];
        this.given = shape.given();
        this.generated = shape.generated();
        this.targets = new float[rows * generated];
        this.target = new float[generated];
        this.zeros = new float[columns];
        this.row = new float[Math.max(columns, generated)];
        this.densities = new LatentDensity[places.size()];
        Arrays.setAll(densities, i -> new LatentDensity(places.get(i).layer(), lane.logits()));
        this.ofLogits = new double[places.size()][rows];
        this.ofValues = new double[places.size()][rows];
        this.ofOutput = new double[rows];
        this.slopes = new float[places.size()];
        Arrays.fill(slopes, 1);
    }

    int latents() {
        return places.size();
    }

    LatentPlace place(int latent) {
        return places.get(latent);
    }

    LatentDensity density(int latent) {
        return densities[latent];
    }

    /** What the logits of a layer are multiplied by. */
    void slope(int latent, float slope) {
        slopes[latent] = slope;
    }

    /** Sets what a sample is given. */
    void give(int sample, float[] features) {
        values.put(sample, 0, features, 0, given);
    }

    /** Sets what a sample is to generate. */
    void aim(int sample, float[] features) {
        System.arraycopy(features, 0, targets, sample * generated, generated);
    }

    /** Reads what a sample is to generate. */
    void target(int sample, float[] into) {
        System.arraycopy(targets, sample * generated, into, 0, generated);
    }

    /** Reads the logits of what a sample generates. */
    void outputLogits(int sample, float[] into) {
        parts.output().logits().get(sample, 0, into, 0, generated);
    }

    /** Turns the density of a layer to a sample's posterior, once it is encoded. */
    void posterior(Lane lane, int latent, int sample) {
        int units = places.get(latent).units();
        densities[latent].posterior(lane.rows().read(parts.encoder(latent).logits(), sample, 0, units), slopes[latent]);
    }

    /** Sets a sample's class, or {@link #UNKNOWN}. */
    void label(int sample, int label) {
        labels[sample] = label;
    }

    /** Whether a layer is the class, and known of a sample. */
    boolean isKnown(int latent, int sample) {
        return hasClass && latent == 0 && labels[sample] != UNKNOWN;
    }

    /** Fills the one-hot values of a sample's known class. */
    private float[] known(int sample) {
        Arrays.fill(row, 0, places.get(0).units(), 0);
        row[labels[sample]] = 1;
        return row;
    }

    /** Sets the values of the class where it is known. */
    void setKnown(int rows) {
        for (int r = 0; r < rows && hasClass; r++) {
            if (isKnown(0, r)) {
                set(r, 0, known(r));
            }
        }
    }

    /** Sets the values of a layer, from an array [rows, units]. */
    void set(Lane lane, int latent, double[] units, int rows) {
        LatentPlace place = places.get(latent);
        float[] one = lane.rows().row(place.units());
        for (int r = 0, at = 0; r < rows; r++) {
            for (int i = 0; i < place.units(); i++, at++) {
                one[i] = (float) units[at];
            }
            set(r, latent, one);
        }
    }

    /** Sets one sample's values of a layer. */
    void set(int sample, int latent, float[] units) {
        int width = places.get(latent).units();
        values.put(sample, places.get(latent).column(), units, 0, width);
        for (int i = 0; latent == 0 && i < copiesOfClass.size(); i++) {
            values.put(sample, copiesOfClass.get(i), units, 0, width);
        }
    }

    /** Reads one sample's values of a layer. */
    void get(int sample, int latent, float[] units) {
        values.get(
                sample,
                places.get(latent).column(),
                units,
                0,
                places.get(latent).units());
    }

    /** The logits of a layer, from the values before it [rows, units]. */
    NativeMatrix encode(Lane lane, int latent, int rows) {
        parts.encoder(latent).forward(lane, encoderInput(latent), rows);
        return parts.encoder(latent).logits();
    }

    /** The same for rows that are given the same, and nothing else: computed once. */
    void encodeAlike(Lane lane, int latent, int rows) {
        NativeMatrix logits = encode(lane, latent, 1);
        int units = places.get(latent).units();
        logits.get(0, 0, row, 0, units);
        for (int r = 1; r < rows; r++) {
            logits.put(r, 0, row, 0, units);
        }
    }

    /** Sets a layer's values to draws from its posterior, once it is encoded. */
    void draw(Lane lane, int latent, int rows, LatentDraws draws) {
        for (int r = 0; r < rows; r++) {
            posterior(lane, latent, r);
            draws.draw(densities[latent].probabilities(), row);
            set(r, latent, row);
        }
    }

    private Columns encoderInput(int latent) {
        LatentPlace place = places.get(latent);
        return new Columns(values, place.encoderFrom(), place.encoderTo() - place.encoderFrom());
    }

    private Columns priorInput(int latent) {
        LatentPlace place = places.get(latent);
        return new Columns(values, place.priorFrom(), place.priorTo() - place.priorFrom());
    }

    /** Sets a layer's values to the means of its posterior. */
    void setMeans(Lane lane, int latent, int rows) {
        for (int r = 0; r < rows; r++) {
            posterior(lane, latent, r);
            set(r, latent, densities[latent].probabilities());
        }
    }

    /** Computes the terms from a layer's values on: those of layers before it stay as they are. */
    void terms(Lane lane, int from, int rows) {
        for (int latent = Math.max(0, from - 1); latent < places.size(); latent++) {
            LatentPlace place = places.get(latent);
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

    /** Whether what is generated hangs on a layer, by itself or through those after it. */
    private boolean reachesOutput(int latent) {
        LatentPlace last = places.get(places.size() - 1);
        int to = outputInput.first() + outputInput.count();
        return places.get(latent).column() < to || last.column() + last.units() == to;
    }

    private void latentTerms(Lane lane, int latent, int rows) {
        LatentDensity density = densities[latent];
        boolean conditional = places.get(latent).prior() == LatentPlace.Prior.CONDITIONAL;
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
            get(r, latent, row);
            ofLogits[latent][r] = 0;
            if (sampled) {
                readPrior(lane, latent, r);
                ofValues[latent][r] = density.logRatio(row);
            } else if (places.get(latent).hasExactDivergence()) {
                readPrior(lane, latent, r);
                ofLogits[latent][r] = density.divergence();
            } else {
                density.noPrior();
                ofLogits[latent][r] = density.divergence();
                readPrior(lane, latent, r);
                ofValues[latent][r] = density.priorCrossEntropy(row);
            }
        }
    }

    /** Turns the density of a layer to a sample's conditional prior, once {@link #terms} are computed. */
    void readPrior(Lane lane, int latent, int sample) {
        LatentPlace place = places.get(latent);
        if (place.prior() == LatentPlace.Prior.CONDITIONAL) {
            densities[latent].prior(lane.rows().read(parts.prior(latent).logits(), sample, 0, place.units()));
        }
    }

    private void outputTerms(Lane lane, int rows) {
        parts.output().forward(lane, outputInput, rows);
        for (int r = 0; r < rows; r++) {
            float[] logits = lane.rows().read(parts.output().logits(), r, 0, generated);
            target(r, target);
            ofOutput[r] = lane.logits().crossEntropy(logits, target, generated);
        }
    }

    /** The sum of all terms of a sample: the negative bound of one sample, in nats. */
    double loss(int sample) {
        double sum = ofOutput[sample];
        for (int latent = 0; latent < places.size(); latent++) {
            sum += ofLogits[latent][sample] + ofValues[latent][sample];
        }
        return sum;
    }

    /** The mean over samples of the cross-entropy of the class where it is known, with its factor. */
    double labelLoss(Lane lane, int rows) {
        double sum = 0;
        for (int r = 0; r < rows && hasClass; r++) {
            if (isKnown(0, r)) {
                posterior(lane, 0, r);
                sum += labelWeight * densities[0].posteriorCrossEntropy(known(r));
            }
        }
        return sum / rows;
    }

    /** The negative log-likelihood of what is generated, given the latents. */
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
        for (int k = latent + 1; k < places.size(); k++) {
            sum += ofLogits[k][sample];
        }
        for (int k = Math.max(0, latent - 1); k < places.size(); k++) {
            sum += ofValues[k][sample];
        }
        return sum;
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
            float[] residual = lane.rows().read(output.logits(), r, 0, generated);
            lane.logits().sigmoid(residual, residual, generated);
            target(r, target);
            float factor = (float) factors[r];
            for (int j = 0; j < generated; j++) {
                residual[j] = factor * (residual[j] - target[j]);
            }
            lane.rows().write(output.logitGradient(), r, 0, generated);
        }
        Columns gradients = new Columns(valueGradients, outputInput.first(), outputInput.count());
        output.backward(lane, outputInput, gradients, rows, back);
    }

    /** From the terms that hang on a layer's values to the gradients there, at the layer above, and of its prior. */
    void valueTermsBackward(Lane lane, int latent, double[] factors, int rows, DenseStack.Back back) {
        LatentPlace place = places.get(latent);
        boolean conditional = place.prior() == LatentPlace.Prior.CONDITIONAL;
        if (place.prior() == LatentPlace.Prior.NONE || (!sampled && !conditional)) {
            return;
        }
        boolean exact = !sampled && place.hasExactDivergence();
        LatentDensity density = densities[latent];
        float[] gradient = new float[place.units()];
        float[] ofPrior = new float[place.units()];
        if (!conditional) {
            density.prior(parts.learned(latent).logits());
        }
        for (int r = 0; r < rows; r++) {
            float factor = (float) factors[r];
            readPrior(lane, latent, r);
            if (isKnown(latent, r)) {
                continue;
            }
            valueGradients.get(r, place.column(), gradient, 0, place.units());
            if (exact) {
                posterior(lane, latent, r);
            } else if (sampled) {
                posterior(lane, latent, r);
                density.addRatioGradient(factor, gradient);
            } else {
                density.addPriorGradient(factor, gradient);
            }
            valueGradients.put(r, place.column(), gradient, 0, place.units());
            get(r, latent, row);
            if (conditional) {
                Arrays.fill(ofPrior, 0);
                density.addPriorLogitGradient(factor, exact ? density.probabilities() : row, ofPrior);
                parts.prior(latent).logitGradient().put(r, 0, ofPrior, 0, place.units());
            } else if (back != DenseStack.Back.INPUTS) {
                density.addPriorLogitGradient(factor, row, parts.learned(latent).gradient());
            }
        }
        if (conditional) {
            Columns above = priorInput(latent);
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
        LatentPlace place = places.get(latent);
        if (place.prior() == LatentPlace.Prior.NONE) {
            return;
        }
        LatentDensity density = densities[latent];
        float slope = slopes[latent];
        posterior(lane, latent, sample);
        if (isKnown(latent, sample)) {
            float[] known = known(sample);
            density.addScore((float) (-factor * labelWeight * slope), known, into);
            if (learns) {
                density.prior(parts.learned(latent).logits());
                density.addPriorLogitGradient(
                        factor, known, parts.learned(latent).gradient());
            }
            return;
        }
        if (sampled) {
            get(sample, latent, row);
            density.addScore(factor * slope, row, into);
            return;
        }
        if (!place.hasExactDivergence()) {
            density.noPrior();
        } else if (place.prior() == LatentPlace.Prior.LEARNED) {
            density.prior(parts.learned(latent).logits());
        } else {
            readPrior(lane, latent, sample);
        }
        density.addDivergenceGradient(factor * slope, into);
        if (learns && place.prior() == LatentPlace.Prior.LEARNED) {
            density.addPriorLogitGradient(
                    factor, density.probabilities(), parts.learned(latent).gradient());
        }
    }

    /** The gradient at a sample's values of a layer. */
    void valueGradient(int sample, int latent, float[] into) {
        int units = places.get(latent).units();
        valueGradients.get(sample, places.get(latent).column(), into, 0, units);
        for (int i = 0; latent == 0 && i < copiesOfClass.size(); i++) {
            valueGradients.get(sample, copiesOfClass.get(i), copy, 0, units);
            for (int j = 0; j < units; j++) {
                into[j] += copy[j];
            }
        }
    }

    /** Adds the gradient at means, taken at the values of a layer, to that at its logits. */
    void addMeanGradient(Lane lane, int latent, int sample, float[] into) {
        posterior(lane, latent, sample);
        valueGradient(sample, latent, row);
        densities[latent].addJacobian(slopes[latent], row, into);
    }

    /** Where the gradient at the logits of a layer goes [rows, units]. */
    NativeMatrix logitGradient(int latent) {
        return parts.encoder(latent).logitGradient();
    }

    /** From the gradient at a layer's logits to its encoder, and to the values of latents that it looks at. */
    void encoderBackward(Lane lane, int latent, int rows, DenseStack.Back back) {
        LatentPlace place = places.get(latent);
        int first = Math.max(given, place.encoderFrom());
        boolean looksAtLatents = first < place.encoderTo();
        if (!looksAtLatents && back == DenseStack.Back.INPUTS) {
            return;
        }
        DenseStack.Back needed = !looksAtLatents && back == DenseStack.Back.BOTH ? DenseStack.Back.PARAMETERS : back;
        Columns gradients = new Columns(valueGradients, first, place.encoderTo() - first);
        parts.encoder(latent).backward(lane, encoderInput(latent), gradients, rows, needed);
    }

    @Override
    public void close() {
        values.close();
        valueGradients.close();
    }
}
