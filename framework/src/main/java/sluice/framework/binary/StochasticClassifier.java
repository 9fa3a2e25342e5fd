package sluice.framework.binary;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.predict.CompiledLayer;
import sluice.framework.internal.predict.CompiledSubnetwork;
import sluice.framework.internal.step.MiniBatches;
import sluice.framework.layer.Layer;
import sluice.gating.GateModel;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * A classifier with one hidden layer of stochastic binary neurons, {@code h = SBN(W x + b)}, and a linear head with a
 * softmax over it (Bengio, Léonard and Courville 2013; Pitis 2016). Made by a {@link ClassifierTrainer}; immutable.
 */
public final class StochasticClassifier {
    /** Rows per matrix multiply: fixed, so that the same rows give the same bits. */
    private static final int BATCH = 512;

    private final Layer hidden;
    private final Layer head;
    private final ImmutableList<Integer> classes;
    private final Normalisation normalisation;
    private final Neurons neurons;

    /**
     * How hidden units work.
     *
     * @param model how a logit becomes a probability
     * @param slope what logits are multiplied by
     * @param reading how units are read unless something else is asked for
     */
    record Neurons(GateModel model, double slope, UnitReading reading) {}

    /** Keeps the layers, not copies of them. */
    StochasticClassifier(
            Layer hidden, Layer head, ImmutableList<Integer> classes, Normalisation normalisation, Neurons neurons) {
        this.hidden = hidden;
        this.head = head;
        this.classes = classes;
        this.normalisation = normalisation;
        this.neurons = neurons;
    }

    /** {@return features per example} */
    public int inputs() {
        return hidden.inputs();
    }

    /** {@return binary neurons} */
    public int units() {
        return hidden.units();
    }

    /** {@return its classes: original labels in the order of the head's outputs} */
    public ImmutableList<Integer> classes() {
        return classes;
    }

    /** {@return s of {@code p = p(s a)}: that of the last step of training} */
    public double slope() {
        return neurons.slope();
    }

    /**
     * {@return how units are read unless something else is asked for: by the threshold if training saw binary units,
     * else without noise}
     */
    public UnitReading reading() {
        return neurons.reading();
    }

    /**
     * Predicts by {@link #reading}.
     *
     * @param rows raw features [size][features], in the units of the training data
     * @return an original label per row
     * @throws IllegalArgumentException if a row has another number of features or a value is not finite
     */
    public int[] predict(float[][] rows) {
        if (rows.length == 0) {
            return new int[0];
        }
        float[] logits = logits(Examples.of(rows, new int[rows.length]), reading());
        return IntStream.range(0, rows.length)
                .map(i -> classes.get(CompiledSubnetwork.largest(logits, i, classes.size())))
                .toArray();
    }

    /**
     * {@return share of them that is predicted right, in [0, 1]}
     *
     * @param examples raw features, labelled by position in {@link #classes}, as those of a task are; at least one
     * @param how how units are read
     * @throws IllegalArgumentException if they have another number of features
     */
    public double accuracy(Examples examples, UnitReading how) {
        return (double) correct(logits(examples, how), examples) / examples.size();
    }

    /** Examples predicted right by these logits. */
    static int correct(float[] logits, Examples examples) {
        int outputs = logits.length / examples.size();
        return (int) IntStream.range(0, examples.size())
                .filter(i -> CompiledSubnetwork.largest(logits, i, outputs) == examples.label(i))
                .count();
    }

    /**
     * {@return the head's outputs [size, classes], row-major}
     *
     * @param examples raw features, at least one; labels are not looked at
     * @param how how units are read
     * @throws IllegalArgumentException if they have another number of features
     */
    public float[] logits(Examples examples, UnitReading how) {
        checkArgument(
                examples.features() == inputs(), "the classifier has %s inputs, got %s", inputs(), examples.features());
        float[] all = new float[Math.multiplyExact(examples.size(), classes.size())];
        int[] everyUnit = CompiledLayer.allOf(units());
        // never shuffled: the generator is not drawn from
        try (MiniBatches batches = MiniBatches.asMaps(examples, normalisation, BATCH, new SplittableRandom(0));
                CompiledLayer lower = CompiledLayer.of(hidden, everyUnit, batches.active());
                CompiledLayer upper = CompiledLayer.of(head, CompiledLayer.allOf(classes.size()), everyUnit);
                NativeMatrix unitValues = NativeMatrix.allocate(units(), batches.size());
                NativeMatrix outputs = NativeMatrix.allocate(classes.size(), batches.size())) {
            Lane lane = new Lane();
            DoubleUnaryOperator value = how.units(neurons.model(), slope());
            for (int index = 0; index < batches.perEpoch(); index++) {
                int batch = batches.begin(index);
                batches.feed(lane);
                lower.multiply(lane, batches.values(), unitValues, batch);
                apply(lane, value, unitValues, batch);
                upper.multiply(lane, unitValues, outputs, batch);
                collect(lane, outputs, batch, index * batches.size(), all);
            }
        }
        return all;
    }

    private void apply(Lane lane, DoubleUnaryOperator value, NativeMatrix products, int batch) {
        for (int unit = 0; unit < units(); unit++) {
            float[] row = lane.rows().read(products, unit, 0, batch);
            for (int e = 0; e < batch; e++) {
                row[e] = (float) value.applyAsDouble(row[e] + hidden.biases()[unit]);
            }
            lane.rows().write(products, unit, 0, batch);
        }
    }

    private void collect(Lane lane, NativeMatrix outputs, int batch, int start, float[] all) {
        int width = classes.size();
        for (int c = 0; c < width; c++) {
            float[] row = lane.rows().read(outputs, c, 0, batch);
            for (int e = 0, at = start * width + c; e < batch; e++, at += width) {
                all[at] = row[e] + head.biases()[c];
            }
        }
    }

    /** SHA-256 (hex) over slope and parameters. */
    String digest() {
        Hasher hasher = Hashing.sha256().newHasher().putDouble(slope());
        for (float[] values : ImmutableList.of(hidden.weights(), hidden.biases(), head.weights(), head.biases())) {
            for (float value : values) {
                hasher.putFloat(value);
            }
        }
        return hasher.hash().toString();
    }
}
