package sluice.framework.predict;

import static sluice.framework.predict.internal.kernel.Arguments.checkArgument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import sluice.framework.predict.internal.kernel.HeapMatrix;
import sluice.framework.predict.internal.layer.PredictionPass;
import sluice.framework.predict.internal.layer.Softmax;
import sluice.framework.predict.internal.layer.StackedLayer;

/** A gated network: each task that it has learned is answered by the task's own subnetwork, compiled at its first use. */
public final class SavedNetwork implements SavedModel {
    private final int inputs;
    private final PredictionPass.Scaling scaling;
    private final Map<String, StoredTask> tasks = new LinkedHashMap<>();
    private final Map<String, String> provenance;
    private final Map<String, List<StackedLayer>> compiled = new ConcurrentHashMap<>();
    private final Map<Integer, Queue<PredictionPass>> idle = new ConcurrentHashMap<>();

    SavedNetwork(
            int inputs, PredictionPass.Scaling scaling, Collection<StoredTask> tasks, Map<String, String> provenance) {
        this.inputs = inputs;
        this.scaling = scaling;
        tasks.forEach(task -> this.tasks.put(task.name(), task));
        this.provenance = Map.copyOf(provenance);
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public Map<String, String> provenance() {
        return provenance;
    }

    /** {@return names of the tasks that it has learned, in order} */
    public List<String> tasks() {
        return List.copyOf(tasks.keySet());
    }

    /**
     * {@return whether a task predicts {@link #numbers}, and tells no classes apart}
     *
     * @param task that it has learned
     * @throws IllegalArgumentException if it has not
     */
    public boolean predictsNumbers(String task) {
        return stored(task).numbers().isPresent();
    }

    /**
     * {@return the classes of a task, by their labels, in the order of {@link #logits}}
     *
     * @param task that it has learned
     * @throws IllegalArgumentException if it has not
     */
    public List<Integer> classes(String task) {
        return stored(task).classes();
    }

    /**
     * {@return the same as the data call them; their labels where they have no names}
     *
     * @param task that it has learned
     * @throws IllegalArgumentException if it has not
     */
    public List<String> classNames(String task) {
        return stored(task).classNames();
    }

    private StoredTask stored(String task) {
        StoredTask stored = tasks.get(task);
        checkArgument(stored != null, "the network has not learned task %s: its tasks are %s", task, tasks.keySet());
        return stored;
    }

    /**
     * {@return logits [size, classes], row-major}
     *
     * @param task whose subnetwork answers
     * @param rows raw features [size][inputs], in the units of the training data, as the task had them
     * @throws IllegalArgumentException if the task was not learned, or a row has another number of features
     */
    public float[] logits(String task, float[][] rows) {
        int classes = stored(task).classes().size();
        for (float[] row : rows) {
            checkArgument(row.length == inputs, "the network takes %s features, a row has %s", inputs, row.length);
        }
        float[] all = new float[Math.multiplyExact(rows.length, classes)];
        if (rows.length == 0) {
            return all;
        }
        List<StackedLayer> layers =
                compiled.computeIfAbsent(task, name -> stored(name).compile());
        int most = layers.get(0).geometry().predictionBatch();
        // a pass computes all it has room for
        int room = rows.length == 1 ? 1 : most;
        Queue<PredictionPass> passes = idle.computeIfAbsent(room, none -> new ConcurrentLinkedQueue<>());
        PredictionPass idleOne = passes.poll();
        PredictionPass pass =
                idleOne == null ? PredictionPass.through(layers, inputs, room, HeapMatrix::allocate) : idleOne;
        pass.use(layers);
        for (int start = 0; start < rows.length; start += room) {
            int count = Math.min(room, rows.length - start);
            pass.predict(scaling, (row, into) -> System.arraycopy(rows[row], 0, into, 0, inputs), start, count, all);
        }
        passes.add(pass);
        return all;
    }

    /**
     * {@return how likely the classes are, [size][classes] in the order of {@link #classes}: the softmax of {@link #logits}, each in [0, 1],
     * those of a row summing to 1; nothing calibrates them}
     *
     * @param task whose subnetwork answers
     * @param rows raw features [size][inputs], in the units of the training data, as the task had them
     * @throws IllegalArgumentException if the task was not learned or predicts numbers, or a row has another number of features
     */
    public double[][] probabilities(String task, float[][] rows) {
        checkClasses(task);
        float[] logits = logits(task, rows);
        int classes = stored(task).classes().size();
        double[][] probabilities = new double[rows.length][];
        Arrays.setAll(probabilities, i -> Softmax.probabilities(logits, i * classes, classes));
        return probabilities;
    }

    private void checkClasses(String task) {
        checkArgument(!predictsNumbers(task), "task %s predicts numbers and has no classes: ask for numbers", task);
    }

    /**
     * {@return a number per row, in the units of the training targets}
     *
     * @param task whose subnetwork answers
     * @param rows raw features [size][inputs], in the units of the training data, as the task had them
     * @throws IllegalArgumentException if the task was not learned or tells classes apart, or a row has another number of features
     */
    public double[] numbers(String task, float[][] rows) {
        NumberScale scale = stored(task)
                .numbers()
                .orElseThrow(() -> new IllegalArgumentException(
                        "task %s tells classes apart and predicts no numbers: ask for answers".formatted(task)));
        float[] outputs = logits(task, rows);
        double[] numbers = new double[outputs.length];
        Arrays.setAll(numbers, row -> scale.number(outputs[row]));
        return numbers;
    }

    /**
     * {@return an answer per row: the first of the likeliest classes}
     *
     * @param task whose subnetwork answers
     * @param rows raw features [size][inputs], in the units of the training data, as the task had them
     * @throws IllegalArgumentException if the task was not learned or predicts numbers, or a row has another number of features
     */
    public List<Answer> answers(String task, float[][] rows) {
        checkClasses(task);
        List<String> names = classNames(task);
        float[] logits = logits(task, rows);
        List<Answer> answers = new ArrayList<>(rows.length);
        for (int start = 0; start < logits.length; start += names.size()) {
            double[] probabilities = Softmax.probabilities(logits, start, names.size());
            int best = Softmax.largest(logits, start, names.size());
            answers.add(new Answer(names.get(best), probabilities[best], probabilities));
        }
        return answers;
    }
}
