package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.dense.DenseMap;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.ParameterUpdate;

/** A part of a network with exits in training: hidden layers and a head, on inputs that are given. */
final class PartTraining implements AutoCloseable {
    private final ImmutableList<NormalisedLayer> layers;
    private final DenseMap head;
    private final int classes;
    private final NativeMatrix logits;
    private final NativeMatrix logitGradient;
    private final RandomGenerator noise;
    private final float[] row;
    private int right;

    /**
     * @param index of the part, from 0
     * @param rows most examples
     * @param running moments per parameter
     */
    PartTraining(ExitShape shape, int index, int rows, int running, RandomStreams streams) {
        ImmutableList<ExitLayer> of = shape.parts().get(index).layers();
        this.layers = IntStream.range(0, of.size())
                .mapToObj(l -> new NormalisedLayer(
                        l == 0 ? shape.inputs(index) : of.get(l - 1).units(),
                        of.get(l),
                        rows,
                        running,
                        streams.stream("initial-weights", index, l)))
                .collect(ImmutableList.toImmutableList());
        this.classes = shape.classes();
        this.head =
                new DenseMap(shape.parts().get(index).top(), classes, running, streams.stream("initial-head", index));
        this.logits = NativeMatrix.allocate(rows, classes);
        this.logitGradient = NativeMatrix.allocate(rows, classes);
        this.noise = streams.stream("unit-noise", index);
        this.row = new float[classes];
    }

    /** Forms the gradient of the mean cross-entropy of rows; returns it. */
    double gradient(Lane lane, Columns inputs, int[] labels, int rows) {
        Columns below = inputs;
        for (NormalisedLayer layer : layers) {
            layer.forward(lane, below, rows, noise);
            below = layer.values();
        }
        head.forward(lane, below, logits, rows);
        double loss = loss(labels, rows);
        NormalisedLayer top = layers.get(layers.size() - 1);
        top.clearGradients(rows);
        head.formGradient(lane, below, logitGradient, rows);
        head.addInputGradient(lane, logitGradient, top.gradients(), rows);
        for (int l = layers.size() - 1; l > 0; l--) {
            NormalisedLayer lower = layers.get(l - 1);
            lower.clearGradients(rows);
            layers.get(l).backward(lane, lower.values(), lower.gradients(), rows);
        }
        layers.get(0).backward(lane, inputs, null, rows);
        return loss;
    }

    private double loss(int[] labels, int rows) {
        double sum = 0;
        right = 0;
        for (int r = 0; r < rows; r++) {
            logits.get(r, 0, row, 0, classes);
            int largest = 0;
            for (int c = 1; c < classes; c++) {
                largest = row[c] > row[largest] ? c : largest;
            }
            right += largest == labels[r] ? 1 : 0;
            double most = row[largest];
            double mass = 0;
            for (int c = 0; c < classes; c++) {
                mass += Math.exp(row[c] - most);
            }
            double log = most + Math.log(mass);
            sum += log - row[labels[r]];
            for (int c = 0; c < classes; c++) {
                row[c] = (float) ((Math.exp(row[c] - log) - (c == labels[r] ? 1 : 0)) / rows);
            }
            logitGradient.put(r, 0, row, 0, classes);
        }
        return sum / rows;
    }

    /** Examples that the last {@link #gradient} found answered right. */
    int right() {
        return right;
    }

    void move(Lane lane, ParameterUpdate update) {
        layers.forEach(layer -> layer.move(lane, update));
        head.move(lane, update);
    }

    /** Affine maps, lowest first, the head last: each its weights row by row, then its biases. */
    ImmutableList<float[]> folded() {
        ImmutableList.Builder<float[]> all = ImmutableList.builder();
        layers.forEach(layer -> all.add(layer.folded()));
        return all.add(head.parameters()).build();
    }

    /** Everything that learns, for tests. */
    ImmutableList<NormalisedLayer> layers() {
        return layers;
    }

    @Override
    public void close() {
        Lists.reverse(layers).forEach(NormalisedLayer::close);
        head.close();
        logits.close();
        logitGradient.close();
    }
}
