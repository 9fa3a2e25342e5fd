package sluice.framework;

import java.util.ArrayList;
import java.util.List;
import sluice.framework.kernel.Lane;
import sluice.framework.kernel.NativeMatrix;
import sluice.gating.Subnetwork;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/** A task's subnetwork as small dense matrices of its own, copied from the network, for prediction. */
final class CompiledSubnetwork implements AutoCloseable {
    /** Rows per matrix multiply: fixed, so that the same rows in the same batch give the same bits. */
    static final int BATCH = 512;

    private final Normalisation normalisation;
    private final int inputs;
    private final List<Layer> layers = new ArrayList<>();
    private final NativeMatrix input;
    private final float[] row;
    private final int classes;
    private final Lane lane = new Lane();

    CompiledSubnetwork(List<DenseLayer> hidden, TaskState task, Subnetwork subnetwork, Normalisation normalisation) {
        this.normalisation = normalisation;
        this.inputs = hidden.get(0).inputs();
        this.input = NativeMatrix.allocate(BATCH, inputs);
        this.classes = task.classes().size();
        int[] below = allOf(inputs);
        for (int l = 0; l < hidden.size(); l++) {
            int[] open = subnetwork.layers().get(l).toArray();
            layers.add(new Layer(hidden.get(l), open, below, true));
            below = open;
        }
        layers.add(new Layer(task.head(), allOf(classes), below, false));
        this.row = new float[Math.max(inputs, BATCH)];
    }

    private static int[] allOf(int count) {
        int[] all = new int[count];
        for (int i = 0; i < count; i++) {
            all[i] = i;
        }
        return all;
    }

    /** Logits [size, classes], row-major. */
    float[] logits(Examples examples) {
        float[] all = new float[Math.multiplyExact(examples.size(), classes)];
        for (int start = 0; start < examples.size(); start += BATCH) {
            int batch = Math.min(BATCH, examples.size() - start);
            feed(examples, start, batch);
            Activations activations = new Activations.OfExamples(input);
            for (Layer layer : layers) {
                activations = layer.forward(lane, activations, batch);
            }
            collect(batch, all, start);
        }
        return all;
    }

    private void feed(Examples examples, int start, int batch) {
        for (int r = 0; r < batch; r++) {
            int offset = examples.offset(start + r);
            for (int i = 0; i < inputs; i++) {
                row[i] = (examples.values()[offset + i] - normalisation.shift()) * normalisation.scale();
            }
            input.put(r, 0, row, 0, inputs);
        }
    }

    private void collect(int batch, float[] all, int start) {
        Layer head = layers.get(layers.size() - 1);
        for (int c = 0; c < classes; c++) {
            head.output.get(c, 0, row, 0, batch);
            for (int r = 0; r < batch; r++) {
                all[(start + r) * classes + c] = row[r] + head.biases[c];
            }
        }
    }

    /** The position of the largest logit of one row; the first of equals. */
    static int largest(float[] logits, int row, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (logits[row * classes + c] > logits[row * classes + best]) {
                best = c;
            }
        }
        return best;
    }

    @Override
    public void close() {
        input.close();
        layers.forEach(Layer::close);
    }

    private static final class Layer implements AutoCloseable {
        private final int units;
        private final int inputs;
        private final int[] all;
        private final NativeMatrix weights;
        private final float[] biases;
        private final NativeMatrix output;
        private final boolean hidden;

        Layer(DenseLayer full, int[] open, int[] below, boolean hidden) {
            this.hidden = hidden;
            units = open.length;
            inputs = below.length;
            all = allOf(units);
            weights = NativeMatrix.allocate(Math.max(1, units), Math.max(1, inputs));
            biases = new float[units];
            output = NativeMatrix.allocate(Math.max(1, units), BATCH);
            float[] row = new float[inputs];
            for (int k = 0; k < units; k++) {
                for (int c = 0; c < inputs; c++) {
                    row[c] = full.weights()[open[k] * full.inputs() + below[c]];
                }
                weights.put(k, 0, row, 0, inputs);
                biases[k] = full.biases()[open[k]];
            }
        }

        Activations forward(Lane lane, Activations x, int batch) {
            x.right(lane.gemm().left(weights, 0, 0), 0).into(output, 0, 0).multiply(units, batch, inputs);
            if (hidden) {
                lane.passes().biasAndRelu(output, 0, units, all, biases);
            }
            return new Activations.OfUnits(output);
        }

        @Override
        public void close() {
            weights.close();
            output.close();
        }
    }
}
