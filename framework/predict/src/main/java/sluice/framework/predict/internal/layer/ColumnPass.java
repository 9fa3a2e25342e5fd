package sluice.framework.predict.internal.layer;

import java.util.ArrayList;
import java.util.List;
import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.PredictionKernels;

/** Examples are columns, as convolutions want them. */
final class ColumnPass implements PredictionPass {
    private final FloatMatrix input;
    private final int inputs;
    private final PredictionBuffers buffers;
    private List<StackedLayer> used = List.of();
    private List<PredictionLayer> layers = List.of();
    private CompiledWeights head;
    private final float[] row;
    private final PredictionKernels kernels = new PredictionKernels();

    ColumnPass(int inputs, int room, FloatMatrix.Allocation memory) {
        this.inputs = inputs;
        this.buffers = new PredictionBuffers(memory);
        this.input = memory.allocate(inputs, room);
        this.row = new float[Math.max(inputs, room)];
    }

    @Override
    public void use(List<StackedLayer> compiled) {
        if (compiled.equals(used)) {
            return;
        }
        buffers.rewind();
        List<PredictionLayer> stack = new ArrayList<>();
        FloatMatrix values = input;
        for (StackedLayer layer : compiled) {
            PredictionLayer next = layer.geometry().prediction(layer.weights(), values, buffers);
            stack.add(next);
            values = next.output();
        }
        layers = List.copyOf(stack);
        head = compiled.get(compiled.size() - 1).weights();
        used = compiled;
    }

    @Override
    public void predict(Scaling scaling, Rows rows, int start, int batch, float[] all) {
        feed(scaling, rows, start, batch);
        int top = layers.size() - 1;
        for (int l = 0; l <= top; l++) {
            layers.get(l).multiply(kernels, batch);
            if (l < top) {
                layers.get(l).activate(kernels);
            }
        }
        collect(start, batch, all);
    }

    private void feed(Scaling scaling, Rows rows, int start, int batch) {
        float[] block = kernels.transposition().block(batch * inputs);
        for (int r = 0; r < batch; r++) {
            rows.read(start + r, row);
            scaling.apply(row, inputs);
            System.arraycopy(row, 0, block, r * inputs, inputs);
        }
        kernels.transposition().transpose(block, batch, input, 0);
    }

    private void collect(int start, int batch, float[] all) {
        FloatMatrix output = layers.get(layers.size() - 1).output();
        int classes = head.units();
        for (int c = 0; c < classes; c++) {
            output.get(c, 0, row, 0, batch);
            for (int r = 0; r < batch; r++) {
                all[(start + r) * classes + c] = row[r] + head.biases()[c];
            }
        }
    }

    @Override
    public void close() {
        input.close();
        buffers.close();
    }
}
