package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.gating.Probe;
import sluice.gating.Progress;

/** A part of a network with exits in training: hidden layers and a head, on inputs that are given. */
final class PartTraining implements AutoCloseable {
    private static final ImmutableList<Probe> NONE = ImmutableList.of();

    private final ImmutableList<PartLayer> layers;
    private final UnitsMap head;
    private final ParameterUpdate update;
    private final int classes;
    private final Units answers;
    private final RandomGenerator noise;
    private final double[] losses;
    private final float[] row;
    private double accuracy;
    private Units given;
    private int[] expected = {};
    private Progress now;

    /**
     * @param index of the part, from 0
     * @param rows most examples
     */
    PartTraining(ExitShape shape, int index, int rows, Optimizer optimizer, RandomStreams streams) {
        ImmutableList<ExitLayer> of = shape.parts().get(index).layers();
        this.update = optimizer.begin();
        List<PartLayer> made = new ArrayList<>();
        int below = shape.inputs(index);
        int looksAt = below;
        for (int l = 0; l < of.size(); l++) {
            ExitLayer layer = of.get(l);
            if (layer.gater().isPresent()) {
                made.add(new GatedLayer(
                        layer, below, looksAt, rows, optimizer, new GatedLayer.Streams(streams, index, l)));
            } else {
                made.add(new NormalisedLayer(
                        below,
                        isGated(of, l),
                        layer,
                        rows,
                        update.moments(),
                        streams.stream("initial-weights", index, l)));
                looksAt = layer.units();
            }
            below = layer.units();
        }
        this.layers = ImmutableList.copyOf(made);
        this.classes = shape.classes();
        this.head = new UnitsMap(
                below, classes, isGated(of, of.size()), rows, update.moments(), streams.stream("initial-head", index));
        this.answers = head.outputs(NativeMatrix.allocate(rows, classes), NativeMatrix.allocate(rows, classes));
        this.noise = streams.stream("unit-noise", index);
        this.losses = new double[rows];
        this.row = new float[classes];
    }

    /** Whether what is right below a layer is gated. */
    private static boolean isGated(ImmutableList<ExitLayer> of, int layer) {
        return layer > 0 && of.get(layer - 1).gater().isPresent();
    }

    /**
     * Forms the gradient of the mean cross-entropy of rows; returns it.
     *
     * @param inputs what the part sees; where there is a gradient, it is added to
     * @param progress how far training has come
     */
    double gradient(Lane lane, Units inputs, int[] labels, Progress progress, int rows) {
        return run(lane, inputs, labels, progress, rows, Purpose.LEARN);
    }

    /**
     * Adds the gradient of the mean cross-entropy of rows at what the part sees, and leaves everything else as it was but for
     * gradients of parameters, which have no meaning then.
     */
    void inputGradient(Lane lane, Units inputs, int[] labels, Progress progress, int rows) {
        run(lane, inputs, labels, progress, rows, Purpose.LOOK);
    }

    private double run(Lane lane, Units inputs, int[] labels, Progress progress, int rows, Purpose purpose) {
        given = inputs;
        expected = labels;
        now = progress;
        forward(lane, 0, rows, purpose);
        double loss = loss(rows);
        backward(lane, 0, rows, purpose);
        return loss;
    }

    /** What a pass is for. */
    private enum Purpose {
        /** All that learns. */
        LEARN,
        /** A probe's answer. */
        PROBE,
        /** The gradient at what the part sees, of examples as they are, which running statistics are of. */
        LOOK
    }

    /** What a layer is computed from. */
    private Units below(int layer) {
        return layer == 0 ? given : layers.get(layer - 1).units();
    }

    /** What the gater of a layer looks at: the highest below that is computed in whole. */
    private Units looked(int layer) {
        int at = layer;
        while (at > 0 && layers.get(at - 1) instanceof GatedLayer) {
            at--;
        }
        return below(at);
    }

    /** Through the layers from one on, and the head. Other probes of a gated layer run through what is above, before it goes on. */
    private void forward(Lane lane, int from, int rows, Purpose purpose) {
        for (int l = from; l < layers.size(); l++) {
            PartLayer layer = layers.get(l);
            if (layer instanceof GatedLayer gated) {
                gated.draw(lane, looked(l), now, rows);
                for (Probe probe : purpose == Purpose.LEARN ? gated.others() : NONE) {
                    gated.use(probe, rows);
                    gated.forward(lane, below(l), rows, noise, false);
                    forward(lane, l + 1, rows, Purpose.PROBE);
                    loss(rows);
                    if (probe.needsUpstream()) {
                        backward(lane, l + 1, rows, Purpose.PROBE);
                    }
                    gated.answer(losses, rows);
                }
                gated.use(gated.chosen(), rows);
            }
            layer.forward(lane, below(l), rows, noise, purpose != Purpose.PROBE);
        }
        head.forward(lane, below(layers.size()), answers, rows);
    }

    /** Down to the parameters of a layer, and the gradient below it; to those of gaters where all probes have their answers. */
    private void backward(Lane lane, int to, int rows, Purpose purpose) {
        layers.subList(Math.max(0, to - 1), layers.size()).forEach(layer -> layer.clearGradients(rows));
        head.backward(lane, below(layers.size()), answers, rows);
        for (int l = layers.size() - 1; l >= to; l--) {
            if (purpose == Purpose.LEARN && layers.get(l) instanceof GatedLayer gated) {
                gated.answer(losses, rows);
                gated.gaterBackward(lane, looked(l), rows);
            }
            layers.get(l).backward(lane, below(l), rows);
        }
    }

    private double loss(int rows) {
        double sum = 0;
        int right = 0;
        for (int r = 0; r < rows; r++) {
            answers.values().get(r, 0, row, 0, classes);
            int largest = 0;
            for (int c = 1; c < classes; c++) {
                largest = row[c] > row[largest] ? c : largest;
            }
            right += largest == expected[r] ? 1 : 0;
            double most = row[largest];
            double mass = 0;
            for (int c = 0; c < classes; c++) {
                mass += Math.exp(row[c] - most);
            }
            double log = most + Math.log(mass);
            losses[r] = log - row[expected[r]];
            sum += losses[r];
            for (int c = 0; c < classes; c++) {
                row[c] = (float) ((Math.exp(row[c] - log) - (c == expected[r] ? 1 : 0)) / rows);
            }
            answers.gradients().put(r, 0, row, 0, classes);
        }
        accuracy = (double) right / rows;
        return sum / rows;
    }

    /** Share of the rows of the last {@link #gradient} that were answered right, adversaries among them. */
    double accuracy() {
        return accuracy;
    }

    /** Moves everything by its gradient. */
    void move(Lane lane, long step, double factor) {
        update.beginStep(step, factor);
        for (PartLayer layer : layers) {
            if (layer instanceof GatedLayer gated) {
                gated.beginStep(step, factor);
            }
            layer.move(lane, update);
        }
        head.move(lane, update);
    }

    /** What layers are, lowest first, and the affine map of the head: weights row by row, then biases. */
    ImmutableList<float[]> folded() {
        ImmutableList.Builder<float[]> all = ImmutableList.builder();
        layers.forEach(layer -> all.addAll(layer.folded()));
        return all.add(head.parameters()).build();
    }

    /** Tells all that it goes on from, between two steps. */
    void state(State state) {
        for (int l = 0; l < layers.size(); l++) {
            layers.get(l).state(state.part("layer-" + (l + 1)));
        }
        head.state(state.part("head"));
        state.random("noise", noise);
    }

    /** Everything that learns, for tests. */
    ImmutableList<PartLayer> layers() {
        return layers;
    }

    @Override
    public void close() {
        Lists.reverse(layers).forEach(PartLayer::close);
        head.close();
        answers.values().close();
        answers.gradients().close();
    }
}
