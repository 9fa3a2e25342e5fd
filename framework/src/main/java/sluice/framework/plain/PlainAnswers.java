package sluice.framework.plain;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;
import static com.google.common.base.Preconditions.checkState;

import java.util.Arrays;
import java.util.SplittableRandom;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.network.NetworkShape;
import sluice.framework.predict.internal.layer.Softmax;
import sluice.tasks.Examples;
import sluice.tasks.OutputLayout;
import sluice.tasks.OutputRange;
import sluice.tasks.TargetScale;

/** Asks a {@link PlainModel}. Of one thread, which closes it; the model is not. */
public final class PlainAnswers implements AutoCloseable {
    private static final int AT_ONCE = 256;

    /** Values of a layer that are asked for at a time: maps of large images have more, and are asked for fewer examples. */
    private static final long MOST_VALUES = AT_ONCE * 100_000L;

    private static final int NONE = -1;

    private final PlainModel model;
    private final int outputs;
    private final Lanes lanes;
    private final PlainNetwork network;
    private final Batch batch;
    private int shown = NONE;

    /**
     * Makes room for its passes.
     *
     * @param model to be asked
     */
    public PlainAnswers(PlainModel model) {
        this.model = model;
        this.outputs = model.outputs().count();
        this.lanes = Lanes.start(1);
        int rows = atOnce(model.shape());
        this.network = new PlainNetwork(model.shape(), outputs, new SplittableRandom(0), rows, lanes);
        this.batch = new Batch(rows, network.features());
    }

    /**
     * {@return how many examples are asked for at a time}
     *
     * @param shape of the network
     */
    public static int atOnce(NetworkShape shape) {
        long most = shape.costs(1).stream()
                .mapToLong(layer -> layer.units() * layer.values())
                .max()
                .orElseThrow();
        return (int) Math.max(1, Math.min(AT_ONCE, MOST_VALUES / most));
    }

    /**
     * {@return scores [rows, outputs], row-major: the largest among the outputs that compete is the answer}
     *
     * @param rows raw features, in the units of the training data; labels are not looked at
     * @param task from 0, in its scenario the one that the examples are of; of no meaning in others
     * @throws IllegalArgumentException if examples have another number of features
     * @throws IndexOutOfBoundsException if there is no such task
     */
    public float[] scores(Examples rows, int task) {
        checkElementIndex(task, model.tasks().size(), "task");
        checkArgument(
                rows.features() == network.features(),
                "the network has %s inputs, got %s",
                network.features(),
                rows.features());
        if (shown != task) {
            model.answering().show(network, model.parameters(), task);
            shown = task;
        }
        float[] scores = new float[Math.multiplyExact(rows.size(), outputs)];
        for (int start = 0; start < rows.size(); start += batch.capacity()) {
            fill(rows, start, task);
            System.arraycopy(
                    model.answering().scores(network, batch, task), 0, scores, start * outputs, batch.size() * outputs);
        }
        return scores;
    }

    /**
     * How likely classes are: the softmax of {@link #scores} over the outputs that compete when all tasks of the model are learned. Nothing
     * calibrates them.
     *
     * @param rows raw features, in the units of the training data; labels are not looked at
     * @param task from 0, in its scenario the one that the examples are of; of no meaning in others, but that 0 is always right
     * @return [size][outputs that compete], in their order: in scenario task the task's classes, else the {@linkplain OutputLayout#labels
     *     labels} of all; each in [0, 1], those of a row summing to 1
     * @throws IllegalStateException if the model tells classes by the nearest mean, whose scores are no logits
     * @throws IllegalArgumentException if examples have another number of features
     * @throws IndexOutOfBoundsException if there is no such task
     */
    public double[][] probabilities(Examples rows, int task) {
        checkState(
                !(model.answering() instanceof NearestMeans),
                "%s answers by the nearest mean, which has no probabilities: ask for scores",
                model.strategy());
        float[] scores = scores(rows, task);
        OutputRange range = model.outputs().testing(task, model.tasks().size());
        double[][] probabilities = new double[rows.size()][];
        Arrays.setAll(probabilities, row -> Softmax.probabilities(scores, row * outputs + range.from(), range.size()));
        return probabilities;
    }

    /**
     * {@return a number per row, in the target's own units}
     *
     * @param rows raw features, in the units of the training data; labels are not looked at
     * @param task from 0, in its scenario the one that the examples are of; in others 0
     * @throws IllegalStateException if the model tells classes apart
     * @throws IllegalArgumentException if examples have another number of features
     * @throws IndexOutOfBoundsException if there is no such task
     */
    public double[] numbers(Examples rows, int task) {
        checkState(model.scale(task).isPresent(), "%s tells classes apart: ask for scores", model.strategy());
        TargetScale scale = model.scale(task).orElseThrow();
        float[] scores = scores(rows, task);
        int output = model.outputs().output(task, 0);
        double[] numbers = new double[rows.size()];
        Arrays.setAll(numbers, row -> scale.number(scores[row * outputs + output]));
        return numbers;
    }

    private void fill(Examples rows, int start, int task) {
        batch.clear();
        for (int i = start; i < Math.min(rows.size(), start + batch.capacity()); i++) {
            float[] row = rows.row(i);
            model.normalisation().apply(row);
            System.arraycopy(row, 0, batch.inputs(), batch.add(task, 0), row.length);
        }
    }

    @Override
    public void close() {
        network.close();
        lanes.close();
    }
}
