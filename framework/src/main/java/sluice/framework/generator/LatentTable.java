package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStreams;

/**
 * The values of a trained network, so many rows at a time: always computed in full, so that a row has the same bits however
 * many of them are wanted.
 */
final class LatentTable implements AutoCloseable {
    /** Rows at a time. */
    static final int ROWS = 128;

    private final TrainedGenerator trained;
    private final Lane lane = new Lane();
    private final GeneratorParts parts;
    private final NativeMatrix values;
    private final ImmutableList<LatentDensity> densities;
    private final Columns outputInput;
    private final ImmutableList<Integer> copiesOfClass;

    LatentTable(TrainedGenerator trained) {
        GeneratorShape shape = trained.shape();
        this.trained = trained;
        this.parts = new GeneratorParts(shape, ROWS, -1, new RandomStreams(0));
        parts.set(trained.parameters());
        this.values = NativeMatrix.allocate(ROWS, LatentPlace.columns(shape));
        this.densities = parts.places().stream()
                .map(place -> new LatentDensity(place.layer(), lane.logits()))
                .collect(ImmutableList.toImmutableList());
        this.copiesOfClass = LatentPlace.copiesOfClass(shape);
        int from = LatentPlace.outputFrom(shape);
        this.outputInput = new Columns(values, from, LatentPlace.outputTo(shape) - from);
    }

    /** The class first, where it is a latent. */
    ImmutableList<LatentPlace> places() {
        return parts.places();
    }

    /** Sets what a row is given of an image. */
    void give(int row, float[] image) {
        values.put(row, 0, trained.given(image), 0, trained.shape().given());
    }

    /** Sets a row's values of a layer. */
    void set(int row, int latent, float[] units) {
        LatentPlace place = places().get(latent);
        values.put(row, place.column(), units, 0, place.units());
        for (int i = 0; latent == 0 && i < copiesOfClass.size(); i++) {
            values.put(row, copiesOfClass.get(i), units, 0, place.units());
        }
    }

    /** Computes the posterior of a layer from the values before it. */
    void encode(int latent) {
        LatentPlace place = places().get(latent);
        Columns input = new Columns(values, place.encoderFrom(), place.encoderTo() - place.encoderFrom());
        parts.encoder(latent).forward(lane, input, ROWS);
    }

    /** A row's probabilities of an encoded layer; overwritten by the next. */
    float[] posterior(int latent, int row) {
        NativeMatrix logits = parts.encoder(latent).logits();
        LatentDensity density = densities.get(latent);
        density.posterior(lane.rows().read(logits, row, 0, places().get(latent).units()), (float) trained.slope());
        return density.probabilities();
    }

    /** Computes the prior of a layer, where it hangs on the layer above. */
    void expect(int latent) {
        LatentPlace place = places().get(latent);
        if (place.prior() == LatentPlace.Prior.CONDITIONAL) {
            Columns input = new Columns(values, place.priorFrom(), place.priorTo() - place.priorFrom());
            parts.prior(latent).forward(lane, input, ROWS);
        }
    }

    /** A row's probabilities of an expected layer; overwritten by the next. */
    float[] prior(int latent, int row) {
        LatentPlace place = places().get(latent);
        LatentDensity density = densities.get(latent);
        density.prior(
                place.prior() == LatentPlace.Prior.CONDITIONAL
                        ? lane.rows().read(parts.prior(latent).logits(), row, 0, place.units())
                        : parts.learned(latent).logits());
        return density.priorProbabilities();
    }

    /** Computes what is generated from the latents. */
    void decode() {
        parts.output().forward(lane, outputInput, ROWS);
    }

    /** A row's probabilities of decoded pixels. */
    float[] output(int row) {
        int generated = trained.shape().generated();
        float[] probabilities = new float[generated];
        parts.output().logits().get(row, 0, probabilities, 0, generated);
        lane.logits().sigmoid(probabilities, probabilities, generated);
        return probabilities;
    }

    @Override
    public void close() {
        parts.close();
        values.close();
    }
}
