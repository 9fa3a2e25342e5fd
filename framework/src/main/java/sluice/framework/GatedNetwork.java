package sluice.framework;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.framework.kernel.Lanes;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;

/**
 * A gated network: hidden layers with ReLU and a binary gate per unit, {@code h_l = relu(W_l h_(l-1) + b_l) * gates_l},
 * dense or convolutional, whose units are maps, and a linear head per task. It holds, for every consolidated task, the subnetwork, the head
 * and the gate logits, all frozen. Task identity is given at prediction.
 *
 * <p>Made by {@link #create}, taught by a {@link ContinualTrainer}, kept by {@link #save} and {@link #load}. Prediction
 * is safe from several threads as long as no training runs.
 *
 * <p>The first prediction for a task copies its subnetwork into small dense matrices outside the heap, which later
 * predictions share. {@link #close} frees them at once; it is optional, as the garbage collector frees those of a network
 * that nobody holds any more.
 */
public final class GatedNetwork implements AutoCloseable {
    private final long seed;
    private final Normalisation normalisation;
    private final ImmutableList<DenseLayer> layers;
    private final Map<String, TaskState> states = new LinkedHashMap<>();
    private final Map<String, String> provenance = new LinkedHashMap<>();
    private final CompiledTasks compiled = new CompiledTasks(task -> compile(state(task), subnetwork(task)));
    private ConsolidatedSubnetworks consolidated;

    private GatedNetwork(long seed, Normalisation normalisation, List<DenseLayer> layers) {
        this.seed = seed;
        this.normalisation = normalisation;
        this.layers = ImmutableList.copyOf(layers);
        this.consolidated = ConsolidatedSubnetworks.none(hidden());
    }

    /**
     * An untrained network with He-uniform weights.
     *
     * @param inputs features per example, at least 1
     * @param hidden units per hidden layer, lowest first, at least one layer, each at least 1
     * @param normalisation how raw features become inputs
     * @param seed the one seed of initialisation, shuffling and gate sampling
     * @return the network
     * @throws IllegalArgumentException if a number is below 1
     * @throws ArithmeticException if a layer has more weights than an array can hold
     */
    public static GatedNetwork create(int inputs, List<Integer> hidden, Normalisation normalisation, long seed) {
        checkArgument(inputs >= 1, "inputs must be at least 1, got %s", inputs);
        for (int l = 0; l < hidden.size(); l++) {
            checkArgument(
                    hidden.get(l) >= 1, "hidden layer %s must have at least 1 unit, got %s", l + 1, hidden.get(l));
        }
        return create(NetworkShape.dense(inputs, hidden), normalisation, seed);
    }

    /**
     * An untrained network of any layers, with He-uniform weights.
     *
     * @param shape what it is fed, and its hidden layers
     * @param normalisation how raw features become inputs
     * @param seed the one seed of initialisation, shuffling and gate sampling
     * @return the network
     * @throws ArithmeticException if a layer has more weights than an array can hold
     */
    public static GatedNetwork create(NetworkShape shape, Normalisation normalisation, long seed) {
        return new GatedNetwork(seed, normalisation, shape.heUniform(new RandomStreams(seed)));
    }

    /** A network from its stored parts. */
    static GatedNetwork of(
            long seed,
            Normalisation normalisation,
            List<DenseLayer> layers,
            List<TaskState> tasks,
            Map<String, String> provenance) {
        GatedNetwork network = new GatedNetwork(seed, normalisation, layers);
        tasks.forEach(network::consolidate);
        network.provenance.putAll(provenance);
        return network;
    }

    /**
     * @return features per example
     */
    public int inputs() {
        return layers.get(0).features();
    }

    /**
     * @return units per hidden layer, lowest first
     */
    public List<Integer> hidden() {
        return layers.stream().map(DenseLayer::units).toList();
    }

    /** How a head meets the highest layer. */
    Connection headConnection() {
        return new Connection.Full(layers.get(layers.size() - 1).connection().outputs());
    }

    /**
     * @return how raw features become inputs
     */
    public Normalisation normalisation() {
        return normalisation;
    }

    /**
     * @return the one seed
     */
    public long seed() {
        return seed;
    }

    /**
     * @return names of the consolidated tasks, in the order in which they were learned
     */
    public List<String> tasks() {
        return List.copyOf(states.keySet());
    }

    /**
     * @param task name of a consolidated task
     * @return its classes: original labels in the order of the head's outputs
     * @throws InputException if no such task was learned
     */
    public List<Integer> classes(String task) {
        return state(task).classes();
    }

    /**
     * @param task name of a consolidated task
     * @return the units that it uses
     * @throws InputException if no such task was learned
     */
    public Subnetwork subnetwork(String task) {
        state(task);
        return consolidated.tasks().get(task);
    }

    /**
     * @return what consolidated tasks use, and so what is frozen
     */
    public ConsolidatedSubnetworks consolidated() {
        return consolidated;
    }

    /**
     * @return where the network's knowledge comes from (sequence, data checksums), by key, as stored with the model
     */
    public ImmutableMap<String, String> provenance() {
        return ImmutableMap.copyOf(provenance);
    }

    /**
     * Predicts with the subnetwork of a task.
     *
     * @param task name of a consolidated task
     * @param rows raw features [size][inputs], in the units of the training data
     * @return an original label per row
     * @throws InputException if no such task was learned
     * @throws IllegalArgumentException if a row has another number of features or a value is not finite
     */
    public int[] predict(String task, float[][] rows) {
        TaskState state = state(task);
        if (rows.length == 0) {
            return new int[0];
        }
        float[] logits = logits(task, Examples.of(rows, new int[rows.length]));
        int classes = state.classes().size();
        int[] labels = new int[rows.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = state.classes().get(CompiledSubnetwork.largest(logits, i, classes));
        }
        return labels;
    }

    /**
     * The outputs of a task's head.
     *
     * @param task name of a consolidated task
     * @param examples raw features; labels are not looked at
     * @return logits [size, classes], row-major; the same examples in the same order give the same bits for ever on one
     *     machine with one thread count (rows are multiplied in batches, whose size may show in the last bits)
     * @throws InputException if no such task was learned
     */
    public float[] logits(String task, Examples examples) {
        state(task);
        checkFeatures(examples);
        return compiled.predict(task, subnetwork -> subnetwork.logits(examples));
    }

    /** The same, shared out over lanes. */
    float[] logits(String task, Examples examples, Lanes lanes) {
        state(task);
        checkFeatures(examples);
        return compiled.predict(task, subnetwork -> subnetwork.logits(examples, lanes));
    }

    /**
     * The outputs of a head over the units open by any logits, trained or not, compiled for this once from the parameters
     * as they are now.
     */
    float[] freshLogits(TaskState task, Subnetwork subnetwork, Examples examples) {
        checkFeatures(examples);
        try (CompiledSubnetwork fresh = compile(task, subnetwork)) {
            return fresh.logits(examples);
        }
    }

    /** The same, shared out over lanes. */
    float[] freshLogits(TaskState task, Subnetwork subnetwork, Examples examples, Lanes lanes) {
        checkFeatures(examples);
        try (CompiledSubnetwork fresh = compile(task, subnetwork)) {
            return fresh.logits(examples, lanes);
        }
    }

    /** Logits with relaxed gates, per layer by unit, in the place of a subnetwork. */
    float[] relaxedLogits(TaskState task, List<double[]> gates, Examples examples, Lanes lanes) {
        Subnetwork open =
                new Subnetwork(gates.stream().map(UnitSet::positive).collect(ImmutableList.toImmutableList()));
        try (CompiledSubnetwork relaxed =
                new CompiledSubnetwork(layers, task, open, (layer, unit) -> gates.get(layer)[unit], normalisation)) {
            return relaxed.logits(examples, lanes);
        }
    }

    private CompiledSubnetwork compile(TaskState task, Subnetwork subnetwork) {
        return new CompiledSubnetwork(layers, task, subnetwork, normalisation);
    }

    private void checkFeatures(Examples examples) {
        checkArgument(
                examples.features() == inputs(), "the network has %s inputs, got %s", inputs(), examples.features());
    }

    /**
     * Frees the memory that predictions took outside the heap, after those under way. The network stays usable: the next
     * prediction takes it again.
     */
    @Override
    public void close() {
        compiled.close();
    }

    /**
     * Writes the model: parameters of every layer, and per task the classes, head, gate logits and subnetwork; also
     * normalisation, seed and provenance. The file appears whole or not at all.
     *
     * @param file where to; replaced if there
     * @throws InputException if its folder is missing or cannot be written
     */
    public void save(Path file) {
        ModelFile.write(this, file);
    }

    /**
     * @param file written by {@link #save}
     * @return the same network, bit for bit; it can predict and learn further tasks
     * @throws InputException if the file is missing, damaged, or not a model
     */
    public static GatedNetwork load(Path file) {
        return ModelFile.read(file);
    }

    ImmutableList<DenseLayer> layers() {
        return layers;
    }

    TaskState state(String task) {
        TaskState state = states.get(task);
        if (state == null) {
            throw new InputException("the network has not learned task %s: its tasks are %s".formatted(task, tasks()));
        }
        return state;
    }

    /** A task that nothing has taught yet, the one at this position of all that the network learns. */
    TaskState initialState(Task task, GateSettings gates, int position) {
        return TaskState.initial(
                task.name(), task.classes(), hidden(), headConnection(), gates, new RandomStreams(seed), position);
    }

    /** Freezes a task: its head, its logits, and the units that they open. */
    void consolidate(TaskState task) {
        consolidated = consolidated.with(task.name(), task.subnetwork());
        states.put(task.name(), task);
    }

    /**
     * Adds a line to the provenance that is stored with the model.
     *
     * @param key what it is about; replaced if there
     * @param value what there is to say
     */
    public void annotate(String key, String value) {
        provenance.put(key, value);
    }
}
