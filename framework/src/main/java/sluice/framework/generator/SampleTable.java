package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/** The table of values of a network that generates, a sample per row, with what each is to generate and its known class. */
class SampleTable implements AutoCloseable {
    /** In the place of a label. */
    static final int UNKNOWN = -1;

    final GeneratorParts parts;
    private final ImmutableList<LatentPlace> places;
    private final NativeMatrix values;
    private final Columns outputInput;
    private final ImmutableList<Integer> copiesOfClass;
    private final int given;
    private final int generated;
    private final float[] targets;
    private final float[] row;
    private final LatentDensity[] densities;
    private final float[] slopes;
    private final int[] labels;
    private final boolean hasClass;

    /**
     * @param rows most samples
     */
    SampleTable(GeneratorShape shape, GeneratorParts parts, int rows, Lane lane) {
        this.parts = parts;
        this.hasClass = shape.classes() > 0;
        this.labels = new int[rows];
        Arrays.fill(labels, UNKNOWN);
        this.places = parts.places();
        this.values = NativeMatrix.allocate(rows, LatentPlace.columns(shape));
        int from = LatentPlace.outputFrom(shape);
        this.outputInput = new Columns(values, from, LatentPlace.outputTo(shape) - from);
        this.copiesOfClass = LatentPlace.copiesOfClass(shape);
        this.given = shape.given();
        this.generated = shape.generated();
        this.targets = new float[rows * generated];
        this.row = new float[Math.max(LatentPlace.columns(shape), generated)];
        this.densities = new LatentDensity[places.size()];
        Arrays.setAll(densities, i -> new LatentDensity(places.get(i).layer(), lane.logits()));
        this.slopes = new float[places.size()];
        Arrays.fill(slopes, 1);
    }

    /** Features that a sample is given. */
    final int given() {
        return given;
    }

    /** Features that a sample generates. */
    final int generated() {
        return generated;
    }

    /** Whether the class is a latent. */
    final boolean hasClass() {
        return hasClass;
    }

    /** Where copies of the class begin. */
    final ImmutableList<Integer> copiesOfClass() {
        return copiesOfClass;
    }

    /** What the generated features are computed from. */
    final Columns outputInput() {
        return outputInput;
    }

    /** What the logits of a layer are multiplied by. */
    final float slope(int latent) {
        return slopes[latent];
    }

    /** Columns of the table. */
    final int columns() {
        return values.columns();
    }

    /** Scratch for a sample's values of a layer. */
    final float[] row() {
        return row;
    }

    final int latents() {
        return places.size();
    }

    final LatentPlace place(int latent) {
        return places.get(latent);
    }

    final LatentDensity density(int latent) {
        return densities[latent];
    }

    /** What the logits of a layer are multiplied by. */
    final void slope(int latent, float slope) {
        slopes[latent] = slope;
    }

    /** Sets what a sample is given. */
    final void give(int sample, float[] features) {
        values.put(sample, 0, features, 0, given);
    }

    /** Sets what a sample is to generate. */
    final void aim(int sample, float[] features) {
        System.arraycopy(features, 0, targets, sample * generated, generated);
    }

    /** Reads what a sample is to generate. */
    final void target(int sample, float[] into) {
        System.arraycopy(targets, sample * generated, into, 0, generated);
    }

    /** Reads the logits of what a sample generates. */
    final void outputLogits(int sample, float[] into) {
        parts.output().logits().get(sample, 0, into, 0, generated);
    }

    /** Turns the density of a layer to a sample's posterior, once it is encoded. */
    final void posterior(Lane lane, int latent, int sample) {
        int units = places.get(latent).units();
        densities[latent].posterior(lane.rows().read(parts.encoder(latent).logits(), sample, 0, units), slopes[latent]);
    }

    /** Sets a sample's class, or {@link #UNKNOWN}. */
    final void label(int sample, int label) {
        labels[sample] = label;
    }

    /** Whether a layer is the class, and known of a sample. */
    final boolean isKnown(int latent, int sample) {
        return hasClass && latent == 0 && labels[sample] != UNKNOWN;
    }

    /** Fills the one-hot values of a sample's known class. */
    final float[] known(int sample) {
        Arrays.fill(row, 0, places.get(0).units(), 0);
        row[labels[sample]] = 1;
        return row;
    }

    /** Sets the values of the class where it is known. */
    final void setKnown(int rows) {
        for (int r = 0; r < rows && hasClass; r++) {
            if (isKnown(0, r)) {
                set(r, 0, known(r));
            }
        }
    }

    /** Sets the values of a layer, from an array [rows, units]. */
    final void set(Lane lane, int latent, double[] units, int rows) {
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
    final void set(int sample, int latent, float[] units) {
        int width = places.get(latent).units();
        values.put(sample, places.get(latent).column(), units, 0, width);
        for (int i = 0; latent == 0 && i < copiesOfClass.size(); i++) {
            values.put(sample, copiesOfClass.get(i), units, 0, width);
        }
    }

    /** Reads one sample's values of a layer. */
    final void get(int sample, int latent, float[] units) {
        values.get(
                sample,
                places.get(latent).column(),
                units,
                0,
                places.get(latent).units());
    }

    /** The logits of a layer, from the values before it [rows, units]. */
    final NativeMatrix encode(Lane lane, int latent, int rows) {
        parts.encoder(latent).forward(lane, encoderInput(latent), rows);
        return parts.encoder(latent).logits();
    }

    /** The same for rows that are given the same, and nothing else: computed once. */
    final void encodeAlike(Lane lane, int latent, int rows) {
        NativeMatrix logits = encode(lane, latent, 1);
        int units = places.get(latent).units();
        logits.get(0, 0, row, 0, units);
        for (int r = 1; r < rows; r++) {
            logits.put(r, 0, row, 0, units);
        }
    }

    /** Sets a layer's values to draws from its posterior, once it is encoded. */
    final void draw(Lane lane, int latent, int rows, LatentDraws draws) {
        for (int r = 0; r < rows; r++) {
            posterior(lane, latent, r);
            draws.draw(densities[latent].probabilities(), row);
            set(r, latent, row);
        }
    }

    final Columns encoderInput(int latent) {
        LatentPlace place = places.get(latent);
        return new Columns(values, place.encoderFrom(), place.encoderTo() - place.encoderFrom());
    }

    final Columns priorInput(int latent) {
        LatentPlace place = places.get(latent);
        return new Columns(values, place.priorFrom(), place.priorTo() - place.priorFrom());
    }

    /** Sets a layer's values to the means of its posterior. */
    final void setMeans(Lane lane, int latent, int rows) {
        for (int r = 0; r < rows; r++) {
            posterior(lane, latent, r);
            set(r, latent, densities[latent].probabilities());
        }
    }

    /** Turns the density of a layer to a sample's conditional prior, once its terms are computed. */
    final void readPrior(Lane lane, int latent, int sample) {
        LatentPlace place = places.get(latent);
        if (place.prior() == LatentPlace.Prior.CONDITIONAL) {
            densities[latent].prior(lane.rows().read(parts.prior(latent).logits(), sample, 0, place.units()));
        }
    }

    @Override
    public void close() {
        values.close();
    }
}
