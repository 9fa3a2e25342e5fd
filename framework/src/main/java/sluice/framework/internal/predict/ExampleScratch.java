package sluice.framework.internal.predict;

import com.google.common.collect.ImmutableList;
import sluice.framework.conditional.TaskGaters;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.PredictionKernels;
import sluice.framework.predict.internal.layer.CompiledWeights;
import sluice.framework.predict.internal.layer.PredictionBuffers;
import sluice.framework.predict.internal.layer.PredictionLayer;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * What one thread writes to while it predicts one example after another through gaters: the weights of the units that are open for it
 * are gathered into small matrices, and nothing else is multiplied.
 */
final class ExampleScratch implements AutoCloseable {
    private final ImmutableList<CompiledLayer> layers;
    private final TaskGaters gaters;
    private final PredictionBuffers buffers = new PredictionBuffers(NativeMatrix::allocate);
    private final PredictionKernels kernels = new PredictionKernels();
    private final NativeMatrix input;
    private final float[] features;
    private final float[] row;

    ExampleScratch(ImmutableList<CompiledLayer> layers, TaskGaters gaters) {
        this.layers = layers;
        this.gaters = gaters;
        this.features = new float[gaters.shape().features()];
        this.input = NativeMatrix.allocate(features.length, 1);
        this.row =
                new float[layers.stream().mapToInt(CompiledLayer::inputs).max().orElseThrow()];
    }

    /** Computes the logits of an example into their place among all [size, classes]; returns its multiply-adds. */
    long predict(Normalisation normalisation, Examples examples, int example, float[] all) {
        int[][] open = open(normalisation, examples, example);
        input.put(0, 0, features, 0, features.length);
        buffers.rewind();
        FloatMatrix values = input;
        int[] below = CompiledLayer.allOf(layers.get(0).below());
        for (int l = 0; l < open.length; l++) {
            PredictionLayer next = forward(layers.get(l), open[l], below, values);
            next.activate(kernels);
            values = next.output();
            below = open[l];
        }
        CompiledLayer head = layers.get(open.length);
        FloatMatrix logits =
                forward(head, CompiledLayer.allOf(head.units()), below, values).output();
        for (int c = 0; c < head.units(); c++) {
            logits.get(c, 0, row, 0, 1);
            all[example * head.units() + c] = row[0] + head.bias(c);
        }
        return multiplyAdds(open);
    }

    private PredictionLayer forward(CompiledLayer layer, int[] units, int[] below, FloatMatrix values) {
        CompiledWeights weights = layer.some(units, below, buffers, row);
        PredictionLayer part = layer.connection().prediction(weights, values, buffers);
        part.multiply(kernels, 1);
        return part;
    }

    /** Multiply-adds of an example, those of its gaters among them. */
    long multiplyAdds(Normalisation normalisation, Examples examples, int example) {
        return multiplyAdds(open(normalisation, examples, example));
    }

    private long multiplyAdds(int[][] open) {
        long sum = gaters.multiplyAdds();
        int below = layers.get(0).below();
        for (int l = 0; l < layers.size(); l++) {
            CompiledLayer layer = layers.get(l);
            int units = l < open.length ? open[l].length : layer.units();
            sum += (long) units
                    * below
                    * layer.connection().weightsPerUnitBelow()
                    * layer.connection().positions();
            below = units;
        }
        return sum;
    }

    private int[][] open(Normalisation normalisation, Examples examples, int example) {
        examples.read(example, features);
        normalisation.apply(features);
        return gaters.open(features);
    }

    @Override
    public void close() {
        buffers.close();
        input.close();
    }
}
