package sluice.framework.internal.timing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.Activations;
import sluice.framework.layer.Layer;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.tasks.Examples;

/**
 * Nothing but the forward pass of a dense 784-W-W network with a head of two classes, for one batch that lies ready:
 * three matrix multiplies, the biases and the ReLU of the hidden layers. What a training step is measured against.
 */
final class ForwardPass implements AutoCloseable {
    private final Lanes lanes;
    private final NativeMatrix examples = NativeMatrix.allocate(RandomTask.BATCH, RandomTask.INPUTS);
    private final List<Stage> layers = new ArrayList<>();

    /**
     * @param width W, units of each of the two hidden layers
     * @param lanes threads
     */
    ForwardPass(int width, Lanes lanes) {
        this.lanes = lanes;
        SplittableRandom random = new SplittableRandom(RandomTask.SEED);
        Examples drawn = RandomTask.examples(RandomTask.BATCH, random);
        for (int r = 0; r < RandomTask.BATCH; r++) {
            examples.put(r, 0, drawn.row(r), 0, RandomTask.INPUTS);
        }
        layers.add(new Stage(width, RandomTask.INPUTS, new Activations.OfExamples(examples), true, random));
        layers.add(new Stage(width, width, layers.get(0).output(), true, random));
        layers.add(new Stage(RandomTask.CLASSES, width, layers.get(1).output(), false, random));
    }

    void run() {
        for (Stage layer : layers) {
            lanes.run(layer.forward, layer.multiplyAdds());
        }
    }

    @Override
    public void close() {
        layers.forEach(Stage::close);
        examples.close();
    }

    private static final class Stage implements AutoCloseable {
        private final Activations input;
        private final int inputs;
        private final NativeMatrix weights;
        private final NativeMatrix output;
        private final int[] units;
        private final float[] biases;
        private final Lanes.Job forward;

        Stage(int units, int inputs, Activations input, boolean rectified, RandomGenerator random) {
            this.input = input;
            this.inputs = inputs;
            this.weights = NativeMatrix.allocate(units, inputs);
            this.output = NativeMatrix.allocate(units, RandomTask.BATCH);
            this.units = IntStream.range(0, units).toArray();
            this.biases = new float[units];
            this.forward = rectified ? this::rectified : this::linear;
            Layer drawn = FullyConnected.heUniform(units, inputs, random);
            weights.put(0, 0, drawn.weights(), 0, drawn.weights().length);
        }

        Activations output() {
            return new Activations.OfUnits(output);
        }

        long multiplyAdds() {
            return (long) RandomTask.BATCH * units.length * inputs;
        }

        private void linear(Lane lane) {
            int from = lane.first(0, units.length);
            int to = lane.end(0, units.length);
            input.right(lane.gemm().left(weights, from, 0), 0)
                    .into(output, from, 0)
                    .multiply(to - from, RandomTask.BATCH, inputs);
        }

        private void rectified(Lane lane) {
            linear(lane);
            lane.passes().biasAndRelu(output, lane.first(0, units.length), lane.end(0, units.length), units, biases);
        }

        @Override
        public void close() {
            weights.close();
            output.close();
        }
    }
}
