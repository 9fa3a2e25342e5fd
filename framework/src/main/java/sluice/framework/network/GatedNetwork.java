package sluice.framework.network;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sluice.framework.ContinualTrainer;
import sluice.framework.account.CapacityLedger;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.model.ModelArchive;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.predict.file.StoredModel;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.csv.TableEncoding;

/**
 * A gated network: hidden layers with ReLU and a binary gate per unit, {@code h_l = relu(W_l h_(l-1) + b_l) * gates_l},
 * dense or convolutional, whose units are maps, and a linear head per task. It holds, for every consolidated task, the
 * subnetwork and the head, both frozen. Task identity is given at prediction.
 *
 * <p>Made by {@link #create}, taught by a {@link ContinualTrainer}, kept by {@link #save} and {@link #load}.
 *
 * <p>While one thread changes a network (trains, grows, annotates it, removes a task), any number of others may ask it for tasks that are
 * consolidated: each answer has the bits that it had before. A new task can be asked for as soon as {@link #tasks} has it. Only one
 * thread at a time may change it, and none while it is saved; {@link #parts} and {@link #fresh} are for the one that changes it.
 *
 * <p>The first prediction for a task copies its subnetwork, of which all is frozen, into small dense matrices outside the heap, which later
 * predictions share. {@link #close} frees them; any thread may call it at any time, also while others ask and go on asking. It
 * is optional, as the garbage collector frees those of a network that nobody holds any more.
 */
public final class GatedNetwork implements AutoCloseable {
    private final NetworkParts parts;
    private final SharedSubnetworks shared;

    private GatedNetwork(NetworkParts parts) {
        this.parts = parts;
        this.shared = new SharedSubnetworks(parts);
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
        return new GatedNetwork(new NetworkParts(seed, normalisation, shape.heUniform(new RandomStreams(seed))));
    }

    /**
     * {@return a network of its own with the same bits, which learns as this one would: whatever one of them learns, forgets or grows by, the
     * other stays as it is. Not while another thread changes this one}
     */
    public GatedNetwork copy() {
        return new GatedNetwork(parts.copy());
    }

    /** {@return features per example} */
    public int inputs() {
        return parts.inputs();
    }

    /** {@return units per hidden layer, lowest first} */
    public List<Integer> hidden() {
        return parts.hidden();
    }

    /** {@return how raw features become inputs} */
    public Normalisation normalisation() {
        return parts.normalisation();
    }

    /** {@return the one seed} */
    public long seed() {
        return parts.seed();
    }

    /** {@return names of the consolidated tasks, in the order in which they were learned} */
    public List<String> tasks() {
        return parts.tasks();
    }

    /**
     * {@return its classes: original labels in the order of the head's outputs}
     *
     * @param task name of a consolidated task
     * @throws InputException if no such task was learned
     */
    public List<Integer> classes(String task) {
        return parts.state(task).classes();
    }

    /**
     * {@return the units that it uses}
     *
     * @param task name of a consolidated task
     * @throws InputException if no such task was learned
     */
    public Subnetwork subnetwork(String task) {
        return parts.subnetwork(task);
    }

    /** {@return new, reused and free units per task and layer, how many more tasks fit, and how tasks overlap} */
    public CapacityLedger capacity() {
        return parts.capacity();
    }

    /** {@return bytes that tasks take beside the weights and biases of the layers that they share: heads, subnetworks as bits, counts, gaters and exits} */
    public long taskBytes() {
        return parts.taskBytes();
    }

    /**
     * Widens hidden layers. Not one bit of any task's logits changes: units keep their places, new ones come after them,
     * closed in every task learned so far, with He-uniform weights from a random stream of the layer's and its former
     * width's own.
     *
     * @param hidden units per hidden layer from now on, lowest first, none fewer than now
     * @throws IllegalArgumentException if a layer would shrink, or the number of layers is another
     * @throws ArithmeticException if a layer would have more weights than an array can hold
     */
    public void grow(List<Integer> hidden) {
        parts.grow(hidden);
    }

    /**
     * Forgets a task on purpose: its head and subnetwork are gone, and what only it used is free again, with new random
     * weights. Not one bit of another task's logits changes. A task of the same name can then be learned anew. Who asks
     * for the task meanwhile gets its answer, or is told that there is no such task.
     *
     * @param task name of a consolidated task
     * @throws InputException if no such task was learned
     */
    public void remove(String task) {
        shared.remove(task);
    }

    /**
     * {@return SHA-256 (hex) of all that the task has frozen: its classes, its head, and numbers, biases and weights of
     * its units; the same for ever}
     *
     * @param task name of a consolidated task
     * @throws InputException if no such task was learned
     */
    public String digest(String task) {
        return TaskDigest.of(parts, task);
    }

    /**
     * {@return how rows of tables became the inputs that it was learned from, if they were rows of tables}
     *
     * @param task name of a consolidated task
     * @throws InputException if no such task was learned
     */
    public Optional<TableEncoding> encoding(String task) {
        return parts.encoding(task);
    }

    /**
     * {@return what the data call {@link #classes}, in the same order: their labels where they have no other names}
     *
     * @param task name of a consolidated task
     * @throws InputException if no such task was learned
     */
    public List<String> classNames(String task) {
        return parts.classNames(task);
    }

    /** {@return units per hidden layer before any growth} */
    public ImmutableList<Integer> created() {
        return parts.created();
    }

    /** {@return what consolidated tasks use, and so what is frozen} */
    public ConsolidatedSubnetworks consolidated() {
        return parts.consolidated();
    }

    /** {@return where the network's knowledge comes from (sequence, data checksums), by key, as stored with the model} */
    public ImmutableMap<String, String> provenance() {
        return parts.provenance();
    }

    /**
     * Predicts with the subnetwork of a task, or at its {@link NetworkExits exits}, if any, within its budget.
     *
     * @param task name of a consolidated task
     * @param rows raw features [size][inputs], in the units of the training data
     * @return an original label per row
     * @throws InputException if no such task was learned
     * @throws IllegalArgumentException if a row has another number of features or a value is not finite
     */
    public int[] predict(String task, float[][] rows) {
        return TaskAnswers.of(this, task, rows).labels();
    }

    /**
     * Predicts numbers with the subnetwork of a task that was learned from {@linkplain sluice.tasks.Examples#withTargets targets}.
     *
     * @param task name of a consolidated task
     * @param rows raw features [size][inputs], in the units of the training data
     * @return a number per row, in the target's own units
     * @throws InputException if no such task was learned, or it tells classes apart
     * @throws IllegalArgumentException if a row has another number of features or a value is not finite
     */
    public double[] predictNumbers(String task, float[][] rows) {
        return TaskAnswers.of(this, task, rows).numbers();
    }

    /**
     * {@return how likely classes are, [size][classes] in the order of {@link #classes}: the softmax of {@link #logits}, or what the task's
     * {@link NetworkExits exits} say; in [0, 1], summing to 1 in a row, the largest that of what {@link #predict} gives; not calibrated}
     *
     * @param task name of a consolidated task
     * @param rows raw features [size][inputs], in the units of the training data
     * @throws InputException if no such task was learned
     * @throws IllegalArgumentException if a row has another number of features or a value is not finite
     */
    public double[][] probabilities(String task, float[][] rows) {
        return TaskAnswers.of(this, task, rows).probabilities();
    }

    /**
     * The outputs of a task's head.
     *
     * @param task name of a consolidated task
     * @param examples raw features; labels are not looked at
     * @return logits [size, classes], row-major; those of an example are the same bits for ever: alone or in any batch, at any
     *     place in it, with any number of threads, after tasks that were learned or forgotten since, after growth, and
     *     after save and load ({@link sluice.framework.predict.internal.kernel.OrderedProduct} says why)
     * @throws InputException if no such task was learned
     */
    public float[] logits(String task, Examples examples) {
        return shared.logits(task, examples);
    }

    /**
     * {@return the same, shared out over lanes: logits [size, classes], row-major}
     *
     * @param task name of a consolidated task
     * @param examples raw features; labels are not looked at
     * @param lanes that share the work
     * @throws InputException if no such task was learned
     */
    public float[] logits(String task, Examples examples, Lanes lanes) {
        return shared.logits(task, examples, lanes);
    }

    /**
     * {@return multiply-adds of predicting one example with all units of its subnetwork}
     *
     * @param task name of a consolidated task
     * @throws InputException if no such task was learned
     */
    public long multiplyAdds(String task) {
        return shared.multiplyAdds(task);
    }

    /** What all who ask share. */
    SharedSubnetworks shared() {
        return shared;
    }

    /** {@return this network's subnetworks, compiled from the parameters as they are now} */
    public FreshSubnetworks fresh() {
        return shared.fresh();
    }

    /** Frees what predictions took outside the heap, after those under way. The network stays usable: the next takes it again. */
    @Override
    public void close() {
        shared.close();
    }

    /**
     * Writes the model: parameters of every layer, and per task the classes, head and subnetwork; also
     * normalisation, seed and provenance. The file appears whole or not at all.
     *
     * @param file where to; replaced if there
     * @throws InputException if its folder is missing or cannot be written
     */
    public void save(Path file) {
        ModelFile.write(parts, file);
    }

    /**
     * {@return the same network, bit for bit; it can predict and learn further tasks}
     *
     * @param file written by {@link #save}
     * @throws InputException if the file is missing, damaged, or not a model
     */
    public static GatedNetwork load(Path file) {
        return new GatedNetwork(ModelFile.read(file));
    }

    /** {@return the network as it lies in a file, to be put with another model} */
    public ModelArchive.Content content() {
        return ModelFile.content(parts);
    }

    /**
     * {@return the same network, bit for bit}
     *
     * @param stored of {@link #content}, in a file
     * @throws IOException if its description is no JSON
     * @throws InputException if it is damaged
     */
    public static GatedNetwork of(StoredModel stored) throws IOException {
        return new GatedNetwork(ModelFile.read(stored));
    }

    /** {@return what it is made of, for whoever trains it} */
    public NetworkParts parts() {
        return parts;
    }

    /**
     * Adds a line to the provenance that is stored with the model.
     *
     * @param key what it is about; replaced if there
     * @param value what there is to say
     */
    public void annotate(String key, String value) {
        parts.annotate(ImmutableMap.of(key, value));
    }
}
