package sluice.framework.plain;

import java.util.Arrays;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkShape;

/**
 * An example has the class whose mean is nearest in the space of the last hidden layer, where all vectors have length 1.
 *
 * @param means per output, of length 1, or zeros; not copied
 * @param there per output, 1 where it has a mean, else 0; not copied
 */
public record NearestMeans(float[][] means, int[] there) implements Answering {
    static final String WORD = "nearest-means";

    static NearestMeans blank(NetworkShape shape, int outputs) {
        return new NearestMeans(new float[outputs][Math.toIntExact(values(shape))], new int[outputs]);
    }

    /** Of the last hidden layer. */
    static long values(NetworkShape shape) {
        NetworkShape.Cost last = shape.costs(1).get(shape.layers().size() - 1);
        return last.units() * last.values();
    }

    /**
     * What the last hidden layer makes of examples.
     *
     * @param network that was pushed through last
     * @param examples of that pass
     * @return [examples][values], each of length 1
     */
    public static float[][] features(PlainNetwork network, int examples) {
        int last = network.hiddenBlocks().size() - 1;
        int values = network.values(last);
        float[] all = network.hidden(last);
        float[][] features = new float[examples][];
        for (int row = 0; row < examples; row++) {
            features[row] = Arrays.copyOfRange(all, row * values, (row + 1) * values);
            scale(features[row]);
        }
        return features;
    }

    /**
     * Scales a vector to length 1; one of zeros stays.
     *
     * @param vector in place
     */
    public static void scale(float[] vector) {
        double square = 0;
        for (float v : vector) {
            square += (double) v * v;
        }
        float length = square > 0 ? (float) Math.sqrt(square) : 1;
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
    }

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public float[] scores(PlainNetwork network, Batch batch, int task) {
        network.forward(batch);
        float[][] features = features(network, batch.size());
        float[] scores = new float[batch.size() * means.length];
        for (int row = 0; row < features.length; row++) {
            for (int o = 0; o < means.length; o++) {
                scores[row * means.length + o] = -squaredDistance(features[row], o);
            }
        }
        return scores;
    }

    /** Infinite without a mean. */
    private float squaredDistance(float[] feature, int output) {
        double distance = there[output] > 0 ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < feature.length; i++) {
            double way = feature[i] - means[output][i];
            distance += way * way;
        }
        return (float) distance;
    }

    @Override
    public void state(State state) {
        for (int o = 0; o < means.length; o++) {
            state.floats("mean-" + (o + 1), means[o]);
        }
        state.ints("there", there);
    }
}
