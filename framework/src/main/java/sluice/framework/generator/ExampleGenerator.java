package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import sluice.framework.internal.random.RandomStream;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * What is left of a task whose examples may not be kept: a network that was trained on them, which draws labelled examples like
 * them. Its class is a latent that is always known. Draws in the order in which it is asked, from the seed; not thread-safe.
 */
public final class ExampleGenerator implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 10;

    private final GenerativeModel model;
    private final LatentTable table;
    private final RandomStreams streams;
    private final RandomStream noise;
    private final int classes;
    private final boolean withClass;
    private final int[] drawn = new int[LatentTable.ROWS];
    private BoundEvaluation bounds;
    private final boolean[] recognised = new boolean[LatentTable.ROWS];
    private int row = LatentTable.ROWS - 1;
    /** Where random numbers were before the table was filled, if it was. */
    private long before;

    private boolean filled;

    /**
     * Examples from a network that is trained already.
     *
     * @param model the network
     * @param labels classes to draw from, the first ones of the network; 1 of a network without classes
     * @param seed of draws
     */
    public ExampleGenerator(GenerativeModel model, int labels, long seed) {
        checkArgument(
                labels >= 1 && labels <= Math.max(1, model.shape().classes()),
                "labels must be in [1, %s], got %s",
                Math.max(1, model.shape().classes()),
                labels);
        this.model = model;
        this.table = new LatentTable(model.trained());
        this.streams = new RandomStreams(seed);
        this.noise = streams.stream("examples");
        this.before = noise.position();
        this.classes = labels;
        this.withClass = model.shape().classes() > 0;
    }

    /**
     * Trains a generator of examples.
     *
     * @param form of the network and of its training; its labels are not looked at
     * @param examples with features in [0, 1], labelled from 0 on
     * @param seed of training and of draws
     * @return the generator, which keeps no example
     * @throws IllegalArgumentException if features are outside of [0, 1] or do not fit the form
     */
    public static ExampleGenerator train(ReplayForm form, Examples examples, long seed) {
        int classes = examples.distinctLabels().length;
        checkArgument(
                IntStream.of(examples.distinctLabels()).allMatch(label -> label < classes),
                "labels must be 0 to %s",
                classes - 1);
        GeneratorTrainer trainer = form.trainer(examples.features(), classes, examples.size());
        Images images = new Images(examples, Normalisation.NONE, trainer.binarisation(), seed, "train");
        images.check();
        ImmutableList<Integer> labelled = classes > 1
                ? IntStream.range(0, examples.size()).boxed().collect(ImmutableList.toImmutableList())
                : ImmutableList.of();
        try (GeneratorTraining training = new GeneratorTraining(trainer, images, labelled, new RandomStreams(seed))) {
            training.run();
            return new ExampleGenerator(
                    new GenerativeModel(
                            trainer.shape(),
                            training.parts().parameters(),
                            training.feed().mean(),
                            ReplayForm.SLOPE),
                    classes,
                    seed);
        }
    }

    /**
     * {@return a generator as it was when its {@link #state} was told}
     *
     * @param form as it was trained
     * @param features of an example
     * @param labels classes that it draws from
     * @param seed of training and of draws
     * @param kept its state
     */
    public static ExampleGenerator restored(ReplayForm form, int features, int labels, long seed, State kept) {
        TrainedGenerator trained = TrainedGenerator.zeros(form.shape(features, labels), ReplayForm.SLOPE);
        trained.state(kept.part("network"));
        GeneratorShape shape = trained.shape();
        ImageForm images = ImageForm.of(TrainedGenerator.features(shape), shape.classes());
        ExampleGenerator generator = new ExampleGenerator(new GenerativeModel(trained, images, Map.of()), labels, seed);
        generator.draws(kept.part("draws"));
        return generator;
    }

    /**
     * Tells the network, and how far draws are.
     *
     * @param kept keeps it, for {@link #restored}
     */
    public void state(State kept) {
        model.trained().state(kept.part("network"));
        draws(kept.part("draws"));
    }

    /**
     * Tells how far draws are, without the network.
     *
     * @param state keeps it, or gives what was kept
     */
    public void draws(State state) {
        before = state.count("before", filled ? before : noise.position());
        filled = state.count("filled", filled ? 1 : 0) == 1;
        int drawnLast = state.count("row", row);
        if (state.restores()) {
            noise.position(before);
            if (filled) {
                fill();
            }
            row = drawnLast;
        }
    }

    /** {@return the network that draws} */
    public GenerativeModel model() {
        return model;
    }

    /** {@return features per example} */
    public int features() {
        return model.shape().generated();
    }

    /**
     * Draws an example of a random class. What the network itself takes for another class, once it is drawn, is left out, as
     * far as that can be had.
     *
     * @return its label
     */
    public int next() {
        do {
            row++;
            if (row == LatentTable.ROWS) {
                fill();
                row = 0;
            }
        } while (!recognised[row]);
        return drawn[row];
    }

    /**
     * Reads the example that was drawn last.
     *
     * @param into receives its features
     * @param from where the first goes
     */
    public void read(float[] into, int from) {
        float[] features = table.output(row);
        System.arraycopy(features, 0, into, from, features.length);
    }

    private void fill() {
        before = noise.position();
        filled = true;
        boolean any = false;
        for (int attempt = 0; attempt < MOST_ATTEMPTS && !any; attempt++) {
            drawTable();
            for (int r = 0; r < LatentTable.ROWS; r++) {
                recognised[r] = isRecognised(r);
                any |= recognised[r];
            }
        }
        if (!any) {
            Arrays.fill(recognised, true);
        }
    }

    private void drawTable() {
        int first = withClass ? 1 : 0;
        for (int r = 0; r < LatentTable.ROWS; r++) {
            drawn[r] = noise.nextInt(classes);
            if (withClass) {
                float[] units = new float[model.shape().classes()];
                units[drawn[r]] = 1;
                table.set(r, 0, units);
            }
        }
        for (int latent = table.places().size() - 1; latent >= first; latent--) {
            table.expect(latent);
            LatentLayer layer = table.places().get(latent).layer();
            LatentDraws draws = new LatentDraws(layer, noise);
            float[] units = new float[layer.units()];
            for (int r = 0; r < LatentTable.ROWS; r++) {
                draws.draw(table.prior(latent, r), units);
                table.set(r, latent, units);
            }
        }
        table.decode();
        for (int r = 0; r < LatentTable.ROWS && classes > 1; r++) {
            table.give(r, table.output(r));
        }
        if (classes > 1) {
            table.encode(0);
        }
    }

    private boolean isRecognised(int r) {
        if (classes == 1) {
            return true;
        }
        float[] probabilities = table.posterior(0, r);
        for (int c = 0; c < classes; c++) {
            if (probabilities[c] > probabilities[drawn[r]]) {
                return false;
            }
        }
        return true;
    }

    /** {@return how likely it finds examples, in the bits of {@link #logLikelihood}} */
    public ExampleLikelihood likelihood() {
        return new ExampleLikelihood(model, streams.seed());
    }

    /**
     * A bound of the log-likelihood of an example, as {@link ExampleLikelihood} has it: asking changes nothing.
     *
     * @param values hold the example
     * @param from its first feature
     * @param samples m of the importance-weighted bound, at least 1
     * @return the bound, in nats
     */
    public double logLikelihood(float[] values, int from, int samples) {
        if (bounds == null) {
            bounds = new BoundEvaluation(model);
        }
        return likelihood().of(bounds, values, from, samples);
    }

    /** {@return bytes that its parameters take} */
    public long memoryBytes() {
        return model.trained().parameters().stream()
                .mapToLong(values -> (long) Float.BYTES * values.length)
                .sum();
    }

    @Override
    public void close() {
        table.close();
        if (bounds != null) {
            bounds.close();
        }
    }
}
