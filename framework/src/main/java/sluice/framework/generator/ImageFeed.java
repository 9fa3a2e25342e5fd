package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.random.Shuffling;
import sluice.framework.internal.state.State;

/**
 * Mini-batches of images for a {@link GeneratorPass}: shuffled, binarised, centred by the mean image where they are given. Where
 * the classes of some are known, each batch has a few of these beside.
 */
final class ImageFeed {
    /** Of a batch's examples, so many for one with a known class beside. */
    private static final int PER_LABELLED = 4;

    private static final double LEAST_MEAN = 1e-3;

    private final int samples;
    private final Images images;
    private final ImmutableList<Integer> labelled;
    private final boolean allLabelled;
    private final RandomGenerator shuffling;
    private final RandomGenerator noise;
    private final float[] mean;
    private final int[] order;
    private final int batch;
    private final int known;
    private final float[] image;
    private final float[] given;
    private final float[] target;

    /**
     * @param batchSize examples of a batch, without those that have known classes beside
     * @param samples of the bound
     * @param labelled positions of examples whose class is known
     */
    ImageFeed(
            GeneratorShape shape,
            int batchSize,
            int samples,
            Images images,
            ImmutableList<Integer> labelled,
            RandomStreams streams) {
        this.samples = samples;
        this.images = images;
        this.labelled = labelled;
        this.allLabelled = labelled.size() == images.size();
        this.shuffling = streams.stream("shuffling");
        this.noise = streams.stream("dynamic-binarisation");
        this.mean = images.mean();
        this.order = IntStream.range(0, images.size()).toArray();
        this.batch = Math.min(batchSize, images.size());
        this.known = allLabelled || labelled.isEmpty() ? 0 : Math.max(1, batch / PER_LABELLED);
        this.image = new float[images.features()];
        this.given = new float[shape.given()];
        this.target = new float[shape.generated()];
    }

    /** Examples of a batch, those with known classes among them. */
    int batchSize() {
        return batch + known;
    }

    int perEpoch() {
        return (order.length + batch - 1) / batch;
    }

    /** The mean of each given feature, which is taken from what networks are given. */
    float[] mean() {
        return mean;
    }

    /** Starts the logits of what is generated at those of the mean image. */
    void startOutput(float[] biases) {
        int from = mean.length - biases.length;
        for (int j = 0; j < biases.length; j++) {
            double p = Math.max(LEAST_MEAN, Math.min(1 - LEAST_MEAN, mean[from + j]));
            biases[j] = (float) Math.log(p / (1 - p));
        }
    }

    /** Tells the order of examples, and how far random numbers are. */
    void state(State state) {
        state.ints("order", order);
        state.random("shuffling", shuffling);
        state.random("binarisation", noise);
    }

    void shuffle() {
        Shuffling.shuffle(order, shuffling);
    }

    /** Feeds a batch of the epoch, each example as often as the bound has samples; returns its examples. */
    int feed(int index, GeneratorPass pass) {
        int start = index * batch;
        int count = Math.min(batch, order.length - start);
        for (int e = 0; e < count; e++) {
            feed(order[start + e], allLabelled, e, pass);
        }
        for (int e = count; e < count + known; e++) {
            feed(labelled.get(shuffling.nextInt(labelled.size())), true, e, pass);
        }
        return count + known;
    }

    private void feed(int example, boolean isKnown, int position, GeneratorPass pass) {
        images.binarised(example, image, noise);
        split(image);
        for (int s = 0; s < samples; s++) {
            int row = position * samples + s;
            pass.give(row, given);
            pass.aim(row, target);
            pass.label(row, isKnown ? images.label(example) : GeneratorPass.UNKNOWN);
        }
    }

    /** What is given, centred, and what is to be generated: of an autoencoder the same. */
    private void split(float[] whole) {
        for (int j = 0; j < given.length; j++) {
            given[j] = whole[j] - mean[j];
        }
        System.arraycopy(whole, whole.length - target.length, target, 0, target.length);
    }
}
