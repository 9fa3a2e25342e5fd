package sluice.framework.internal.predict;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.PredictionBuffers;
import sluice.framework.internal.layer.PredictionLayer;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/** What one thread writes to while it predicts a batch: inputs, and the outputs of every layer. */
final class PredictionScratch implements AutoCloseable {
    private final NativeMatrix input;
    private final int inputs;
    private final int room;
    private final PredictionBuffers buffers = new PredictionBuffers();
    private ImmutableList<CompiledLayer> used = ImmutableList.of();
    private ImmutableList<PredictionLayer> layers = ImmutableList.of();
    private CompiledLayer head;
    private final float[] row;
    private final Lane lane = new Lane();

    /** For networks of as many inputs, whose lowest layer is connected as that of these. */
    PredictionScratch(int inputs, List<CompiledLayer> compiled) {
        this.inputs = inputs;
        this.room = compiled.get(0).connection().predictionBatch();
        this.input = NativeMatrix.allocate(inputs, room);
        this.row = new float[Math.max(inputs, room)];
    }

    /** Gets ready to predict through these layers, unless it is. */
    void use(ImmutableList<CompiledLayer> compiled) {
        if (compiled.equals(used)) {
            return;
        }
        buffers.rewind();
        ImmutableList.Builder<PredictionLayer> stack = ImmutableList.builder();
        NativeMatrix values = input;
        for (CompiledLayer layer : compiled) {
            PredictionLayer next = layer.over(values, buffers);
            stack.add(next);
            values = next.output();
        }
        layers = stack.build();
        head = compiled.get(compiled.size() - 1);
        used = compiled;
    }

    /** Computes the logits of some examples into their rows of all [size, classes]. */
    void predict(Normalisation normalisation, Examples examples, int start, int batch, float[] all) {
        feed(normalisation, examples, start, batch);
        int top = layers.size() - 1;
        for (int l = 0; l <= top; l++) {
            layers.get(l).multiply(lane, batch);
            if (l < top) {
                layers.get(l).activate(lane);
            }
        }
        collect(start, batch, all);
    }

    private void feed(Normalisation normalisation, Examples examples, int start, int batch) {
        float[] block = lane.mapPasses().block(batch * inputs);
        for (int r = 0; r < batch; r++) {
            examples.read(start + r, row);
            for (int i = 0; i < inputs; i++) {
                row[i] = (row[i] - normalisation.shift()) * normalisation.scale();
            }
            System.arraycopy(row, 0, block, r * inputs, inputs);
        }
        lane.mapPasses().transpose(block, batch, input, 0);
    }

    private void collect(int start, int batch, float[] all) {
        NativeMatrix output = layers.get(layers.size() - 1).output();
        int classes = head.units();
        for (int c = 0; c < classes; c++) {
            output.get(c, 0, row, 0, batch);
            for (int r = 0; r < batch; r++) {
                all[(start + r) * classes + c] = row[r] + head.bias(c);
            }
        }
    }

    @Override
    public void close() {
        input.close();
        buffers.close();
    }
}
