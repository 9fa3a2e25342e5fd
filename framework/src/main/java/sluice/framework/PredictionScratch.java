package sluice.framework;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.kernel.Lane;
import sluice.framework.kernel.NativeMatrix;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/** What one thread writes to while it predicts a batch: inputs, and the outputs of every layer. */
final class PredictionScratch implements AutoCloseable {
    private final NativeMatrix input;
    private final ImmutableList<NativeMatrix> outputs;
    private final float[] row;
    private final Lane lane = new Lane();

    PredictionScratch(int inputs, List<CompiledLayer> layers) {
        this(inputs, layers.stream().mapToInt(CompiledLayer::units).toArray());
    }

    private PredictionScratch(int inputs, int[] units) {
        input = NativeMatrix.allocate(CompiledSubnetwork.BATCH, inputs);
        outputs = Arrays.stream(units)
                .mapToObj(rows -> NativeMatrix.allocate(Math.max(1, rows), CompiledSubnetwork.BATCH))
                .collect(ImmutableList.toImmutableList());
        row = new float[Math.max(inputs, CompiledSubnetwork.BATCH)];
    }

    /** Whether the outputs of as many layers, with so many units each, have room here. */
    boolean fits(List<CompiledLayer> layers) {
        return IntStream.range(0, outputs.size())
                .allMatch(l -> layers.get(l).units() <= outputs.get(l).rows());
    }

    /** Frees this one for one with room for these layers too. */
    PredictionScratch enlarged(List<CompiledLayer> layers) {
        close();
        return new PredictionScratch(
                input.columns(),
                IntStream.range(0, outputs.size())
                        .map(l -> Math.max(layers.get(l).units(), outputs.get(l).rows()))
                        .toArray());
    }

    /** Computes the logits of some examples into their rows of all [size, classes]. */
    void predict(
            List<CompiledLayer> layers,
            Normalisation normalisation,
            Examples examples,
            int start,
            int batch,
            float[] all) {
        feed(normalisation, examples, start, batch);
        Activations activations = new Activations.OfExamples(input);
        int head = layers.size() - 1;
        for (int l = 0; l <= head; l++) {
            activations = layers.get(l).multiply(lane, activations, outputs.get(l), batch);
            if (l < head) {
                layers.get(l).activate(lane, outputs.get(l));
            }
        }
        collect(layers.get(head), start, batch, all);
    }

    private void feed(Normalisation normalisation, Examples examples, int start, int batch) {
        int inputs = input.columns();
        for (int r = 0; r < batch; r++) {
            examples.read(start + r, row);
            for (int i = 0; i < inputs; i++) {
                row[i] = (row[i] - normalisation.shift()) * normalisation.scale();
            }
            input.put(r, 0, row, 0, inputs);
        }
    }

    private void collect(CompiledLayer head, int start, int batch, float[] all) {
        NativeMatrix output = outputs.get(outputs.size() - 1);
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
        outputs.forEach(NativeMatrix::close);
    }
}
