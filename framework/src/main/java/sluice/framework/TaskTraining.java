package sluice.framework;

import java.util.List;
import java.util.random.RandomGenerator;
import sluice.framework.kernel.NativeMatrix;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * Training of one task: owns every buffer that a step needs, so that a step allocates nothing. {@link #step} is the whole
 * algorithm.
 */
final class TaskTraining implements AutoCloseable {
    private final Examples examples;
    private final Normalisation normalisation;
    private final TrainingSettings settings;
    private final GateSettings gateSettings;
    private final RandomGenerator shuffling;
    private final GatedLayerStep[] layers;
    private final HeadStep head;
    private final ActiveUnits inputs;
    private final NativeMatrix x;
    private final float[] row;
    private final int[] order;
    private final int[] labels;
    private final double[] losses;
    private final long densePerExample;
    private long steps;
    private double slope;
    private long multiplyAdds;
    private long denseMultiplyAdds;

    TaskTraining(
            List<DenseLayer> hidden,
            TaskState task,
            ConsolidatedSubnetworks consolidated,
            Examples examples,
            Normalisation normalisation,
            GateSettings gateSettings,
            TrainingSettings settings,
            RandomStreams streams,
            int position) {
        this.examples = examples;
        this.normalisation = normalisation;
        this.settings = settings;
        this.gateSettings = gateSettings;
        this.shuffling = streams.stream("shuffling", position);
        int batch = Math.min(settings.batchSize(), examples.size());
        this.layers = new GatedLayerStep[hidden.size()];
        for (int l = 0; l < hidden.size(); l++) {
            FreeEntries free = new FreeEntries(consolidated, l, hidden.get(l).inputs());
            GateTraining gates = new GateTraining(
                    gateSettings,
                    task.logits().get(l),
                    free.used(),
                    hidden.size(),
                    batch,
                    streams.stream("gates", position, l));
            layers[l] = new GatedLayerStep(
                    hidden.get(l), free, gates, settings.optimizer(), gateSettings.granularity(), batch);
        }
        this.head = new HeadStep(task.head(), settings.optimizer(), batch);
        this.inputs = ActiveUnits.inputs(examples.features());
        this.x = NativeMatrix.allocate(batch, examples.features());
        this.row = new float[examples.features()];
        this.labels = new int[batch];
        this.losses = new double[batch];
        this.order = new int[examples.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        this.densePerExample = denseMultiplyAdds(hidden, task.head());
    }

    /** Forward, weight gradient, and input gradient (but for the network's inputs) of the whole network. */
    private static long denseMultiplyAdds(List<DenseLayer> hidden, DenseLayer head) {
        long first = (long) hidden.get(0).units() * hidden.get(0).inputs();
        long others = (long) head.units() * head.inputs();
        for (DenseLayer layer : hidden.subList(1, hidden.size())) {
            others += (long) layer.units() * layer.inputs();
        }
        return 2 * first + 3 * others;
    }

    int stepsPerEpoch() {
        return (order.length + labels.length - 1) / labels.length;
    }

    /** Begins a pass over the examples, in a new order. */
    void beginEpoch(int epoch) {
        slope = gateSettings.slope().at(epoch);
        for (int i = order.length - 1; i > 0; i--) {
            int j = shuffling.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    /**
     * One training step.
     *
     * @param index step of the epoch, from 0
     * @return the mean loss of the batch, without the charge for open gates
     */
    double step(int index) {
        int batch = feed(index);
        for (GatedLayerStep layer : layers) {
            layer.draw(slope, batch);
        }
        double loss = forward(batch);
        if (!Double.isFinite(loss)) {
            return loss;
        }
        backward(batch);
        steps++;
        float scale = clipScale();
        for (int l = 0; l < layers.length; l++) {
            layers[l].update(below(l), steps, scale);
        }
        head.update(below(layers.length), steps, scale);
        for (GatedLayerStep layer : layers) {
            layer.gates().answer(loss, losses);
            layer.gates().update(steps);
        }
        denseMultiplyAdds += batch * densePerExample;
        return loss;
    }

    private int feed(int index) {
        int start = index * labels.length;
        int batch = Math.min(labels.length, order.length - start);
        for (int r = 0; r < batch; r++) {
            int example = order[start + r];
            labels[r] = examples.label(example);
            int offset = examples.offset(example);
            float[] values = examples.values();
            for (int i = 0; i < row.length; i++) {
                row[i] = (values[offset + i] - normalisation.shift()) * normalisation.scale();
            }
            x.putRow(r, row, row.length);
        }
        return batch;
    }

    private double forward(int batch) {
        for (int l = 0; l < layers.length; l++) {
            multiplyAdds += layers[l].forward(input(l), below(l), batch);
        }
        multiplyAdds += head.forwardMultiplyAdds(below(layers.length), batch);
        return head.loss(input(layers.length), below(layers.length), labels, batch, losses);
    }

    private void backward(int batch) {
        int lowest = lowestLayerThatLearns();
        int top = layers.length;
        multiplyAdds += head.backward(input(top), below(top), gradientBelow(top, lowest), batch);
        for (int l = top - 1; l >= lowest; l--) {
            multiplyAdds += layers[l].backward(input(l), below(l), gradientBelow(l, lowest), batch);
        }
    }

    private int lowestLayerThatLearns() {
        int lowest = 0;
        while (lowest < layers.length
                && !layers[lowest].needsUpstream()
                && layers[lowest].active().learning() == 0) {
            lowest++;
        }
        return lowest;
    }

    private NativeMatrix input(int layer) {
        return layer == 0 ? x : layers[layer - 1].output();
    }

    private ActiveUnits below(int layer) {
        return layer == 0 ? inputs : layers[layer - 1].active();
    }

    private NativeMatrix gradientBelow(int layer, int lowest) {
        return layer > lowest ? layers[layer - 1].outputGradient() : null;
    }

    private float clipScale() {
        if (settings.gradientClip() == Double.POSITIVE_INFINITY) {
            return 1;
        }
        double squares = head.gradientNorm(below(layers.length));
        for (int l = lowestLayerThatLearns(); l < layers.length; l++) {
            squares += layers[l].freeGradientNorm(below(l));
        }
        double norm = Math.sqrt(squares);
        return norm > settings.gradientClip() ? (float) (settings.gradientClip() / norm) : 1;
    }

    long steps() {
        return steps;
    }

    long multiplyAdds() {
        return multiplyAdds;
    }

    long denseMultiplyAdds() {
        return denseMultiplyAdds;
    }

    @Override
    public void close() {
        for (GatedLayerStep layer : layers) {
            layer.close();
        }
        head.close();
        x.close();
    }
}
