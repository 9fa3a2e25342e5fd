package sluice.framework.internal.predict;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToDoubleBiFunction;
import sluice.framework.conditional.TaskExits;
import sluice.framework.conditional.TaskGaters;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.layer.Layer;
import sluice.framework.layer.TaskParameters;
import sluice.framework.loss.Softmax;
import sluice.framework.predict.internal.kernel.UnitPanels;
import sluice.framework.predict.internal.kernel.WeightRows;
import sluice.framework.predict.internal.layer.PredictionPass;
import sluice.framework.predict.internal.layer.StackedLayer;
import sluice.framework.result.TestAnswers;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.OutputRange;
import sluice.tasks.Task;

/**
 * A task's subnetwork as small dense matrices of its own, copied from the network, for prediction. The matrices are
 * shared by all threads; what a prediction writes to is taken from a pool that all tasks of the network share.
 */
public final class CompiledSubnetwork implements AutoCloseable {
    private final Normalisation normalisation;
    /** Rows at a time. */
    private final int batch;

    private final ImmutableList<CompiledLayer> layers;
    private final ImmutableList<StackedLayer> stacked;
    private final PredictionScratches scratches;
    private final Optional<TaskGaters> gaters;
    /** Of tasks with gaters: those that nobody uses at the moment. */
    private final Queue<ExampleScratch> idle = new ConcurrentLinkedQueue<>();

    /** With gates that are 1. */
    public CompiledSubnetwork(
            List<Layer> hidden, TaskLayers task, Normalisation normalisation, PredictionScratches scratches) {
        this(hidden, task, (layer, unit) -> 1, normalisation, scratches);
    }

    /** With gates by layer and open unit that are not 1. */
    public CompiledSubnetwork(
            List<Layer> hidden,
            TaskLayers task,
            ToDoubleBiFunction<Integer, Integer> gates,
            Normalisation normalisation,
            PredictionScratches scratches) {
        this.normalisation = normalisation;
        this.scratches = scratches;
        this.gaters = task.gaters();
        ImmutableList.Builder<CompiledLayer> compiled = ImmutableList.builder();
        WeightRows.Allocation memory = memory(hidden, gaters.isPresent());
        this.batch = hidden.get(0).connection().predictionBatch();
        int[] below = CompiledLayer.allOf(hidden.get(0).below());
        for (int l = 0; l < hidden.size(); l++) {
            int[] open = task.subnetwork().layers().get(l).toArray();
            int layer = l;
            compiled.add(CompiledLayer.of(
                    hidden.get(l),
                    open,
                    below,
                    unit -> gates.applyAsDouble(layer, unit),
                    task.own().get(l),
                    memory));
            below = open;
        }
        Layer head = task.head();
        compiled.add(CompiledLayer.of(
                head,
                CompiledLayer.allOf(head.units()),
                CompiledLayer.allOf(head.below()),
                unit -> 1,
                TaskParameters.NONE,
                memory));
        this.layers = compiled.build();
        this.stacked = layers.stream().map(CompiledLayer::stacked).collect(ImmutableList.toImmutableList());
    }

    /** Gaters gather weights, row by row; and convolutions have examples in columns. */
    private static WeightRows.Allocation memory(List<Layer> hidden, boolean gathered) {
        return !gathered && hidden.stream().allMatch(layer -> layer.connection().seesAllBelow())
                ? UnitPanels::allocate
                : NativeMatrix::allocate;
    }

    /** What it computes with, the head last. */
    public ImmutableList<StackedLayer> layers() {
        return stacked;
    }

    private int classes() {
        return layers.get(layers.size() - 1).units();
    }

    /** Logits [size, classes], row-major. */
    public float[] logits(Examples examples) {
        float[] all = new float[Math.multiplyExact(examples.size(), classes())];
        predict(examples, 0, 1, all);
        return all;
    }

    /** The same logits, to the bit: lanes take turns at the batches. */
    public float[] logits(Examples examples, Lanes lanes) {
        float[] all = new float[Math.multiplyExact(examples.size(), classes())];
        lanes.run(lane -> predict(examples, lane.index(), lane.count(), all), multiplyAdds() * examples.size());
        return all;
    }

    /** Multiply-adds per example, where all units of the task are computed. */
    public long multiplyAdds() {
        return layers.stream().mapToLong(CompiledLayer::multiplyAdds).sum();
    }

    /** Logits, and the multiply-adds of each example, those of gaters among them. */
    public TaskExits.Said say(Examples examples) {
        if (gaters.isEmpty()) {
            return new TaskExits.Said(logits(examples), multiplyAdds(examples));
        }
        float[] all = new float[Math.multiplyExact(examples.size(), classes())];
        long[] each = new long[examples.size()];
        ExampleScratch scratch = take();
        Arrays.setAll(each, i -> scratch.predict(normalisation, examples, i, all));
        idle.add(scratch);
        return new TaskExits.Said(all, each);
    }

    /** Multiply-adds of each example, those of gaters among them. */
    public long[] multiplyAdds(Examples examples) {
        long[] each = new long[examples.size()];
        Arrays.fill(each, multiplyAdds());
        if (gaters.isPresent()) {
            ExampleScratch scratch = take();
            Arrays.setAll(each, i -> scratch.multiplyAdds(normalisation, examples, i));
            idle.add(scratch);
        }
        return each;
    }

    private ExampleScratch take() {
        ExampleScratch scratch = idle.poll();
        return scratch == null ? new ExampleScratch(layers, gaters.orElseThrow()) : scratch;
    }

    /** Every so many examples, from a first one on. */
    private void predictOneByOne(Examples examples, int first, int every, float[] all) {
        if (first >= examples.size()) {
            return;
        }
        ExampleScratch scratch = take();
        for (int example = first; example < examples.size(); example += every) {
            scratch.predict(normalisation, examples, example, all);
        }
        idle.add(scratch);
    }

    /** Every so many batches, from a first one on. */
    private void predict(Examples examples, int first, int every, float[] all) {
        if (gaters.isPresent()) {
            predictOneByOne(examples, first, every, all);
            return;
        }
        if ((long) first * batch >= examples.size()) {
            return;
        }
        PredictionPass scratch = scratches.take(stacked);
        PredictionPass.Scaling scaling = new PredictionPass.Scaling(normalisation.shift(), normalisation.scale());
        for (long start = (long) first * batch; start < examples.size(); start += (long) every * batch) {
            int count = (int) Math.min(batch, examples.size() - start);
            scratch.predict(scaling, examples::read, (int) start, count, all);
        }
        scratches.giveBack(scratch);
    }

    /** What the matrices take; where gaters gather weights, as much again. */
    long bytes() {
        return (gaters.isPresent() ? 2L : 1L)
                * layers.stream().mapToLong(CompiledLayer::bytes).sum();
    }

    /** The position of the largest logit of one row; the first of equals. */
    public static int largest(float[] logits, int row, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (logits[row * classes + c] > logits[row * classes + best]) {
                best = c;
            }
        }
        return best;
    }

    /** The probability of a class in one row. */
    public static float probability(float[] logits, int row, int classes, int label) {
        double own = logits[row * classes + label];
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            sum += Math.exp(logits[row * classes + c] - own);
        }
        return (float) (1 / sum);
    }

    /** Frees the matrices; no prediction may be under way. */
    @Override
    public void close() {
        layers.forEach(CompiledLayer::close);
        for (ExampleScratch scratch = idle.poll(); scratch != null; scratch = idle.poll()) {
            scratch.close();
        }
    }

    /**
     * {@return what these logits answer to a task's test examples}
     *
     * @param logits of all of them, those of its classes side by side
     * @param task whose classes they are
     */
    public static TestAnswers answers(float[] logits, Task task) {
        TestAnswers answers = TestAnswers.of(task);
        int classes = task.classes().size();
        TestAnswers.Outputs outputs = TestAnswers.Outputs.of(task.classes(), answers.answers().length);
        OutputRange all = new OutputRange(0, classes);
        for (int i = 0; i < task.test().size(); i++) {
            Softmax.probabilities(logits, i * classes, all, outputs.probabilities(), i * classes);
            answers.answers()[i] = task.classes().get(largest(logits, i, classes));
            answers.probabilities()[i] =
                    probability(logits, i, classes, task.test().label(i));
        }
        return answers.with(outputs);
    }
}
