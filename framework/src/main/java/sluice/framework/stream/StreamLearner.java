package sluice.framework.stream;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import sluice.framework.ContinualTrainer;
import sluice.framework.inference.BorderDetector;
import sluice.framework.inference.FoundTasks;
import sluice.framework.inference.InferredModel;
import sluice.framework.inference.StreamBorder;
import sluice.framework.inference.StreamLook;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.predict.CompiledSubnetwork;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.tasks.Examples;

/**
 * Teaches a gated network from a stream of mini-batches, in one pass, of which nobody says where a task ends. It notices that a task begins, fixes
 * and freezes the subnetwork of the one before, and learns the new one in units that are free; a task that comes back is recognised, and not
 * learned again. It is given rows and labels, and neither names, positions, lengths nor what is to come. Beside the network it keeps sums, and a
 * few doubtful examples of the latest mini-batches. Mutable, one thread's own; close it.
 */
public final class StreamLearner implements AutoCloseable {
    private static final String NAME = "found-";

    private final GatedNetwork network;
    private final ContinualTrainer trainer;
    private final TrainingSettings training;
    private final ImmutableList<Integer> classes;
    private final Lanes lanes;
    private Optional<BorderDetector> detector = Optional.empty();
    private Optional<StreamedTask> open = Optional.empty();
    private Consumer<FoundTask> whenConsolidated = task -> {};
    private double loss = Double.NaN;

    /**
     * Before the first mini-batch.
     *
     * @param network taught in place; knows no task
     * @param trainer says how a task is taught: gates, optimiser, size of mini-batches and threads, of a network that does not grow, without exits and gaters
     * @param horizon steps of a task that schedules are stretched over, at least 1; they stay at their end from then on
     * @param classes that every task has, at least two: label i of an example is the i-th
     * @throws IllegalArgumentException if one of them is not so
     */
    public StreamLearner(GatedNetwork network, ContinualTrainer trainer, int horizon, List<Integer> classes) {
        checkArgument(network.tasks().isEmpty(), "a network that knows tasks already was not told what they look like");
        checkArgument(trainer.growth().equals(Growth.NONE), "a network that learns from a stream does not grow");
        checkArgument(trainer.exits().isEmpty(), "subnetworks of tasks that are found have no exits before them");
        checkArgument(trainer.gates().gater().isEmpty(), "tasks of a stream have no gaters");
        checkArgument(trainer.training().validation().isEmpty(), "nothing is held out of a stream");
        checkArgument(classes.size() >= 2, "there must be at least two classes, got %s", classes);
        this.network = network;
        this.trainer = trainer;
        this.training = trainer.training().withLength(new TrainingDuration.Iterations(horizon));
        this.classes = ImmutableList.copyOf(classes);
        this.lanes = Lanes.start(trainer.threads());
    }

    /**
     * Sets what is told of every task when its subnetwork is fixed.
     *
     * @param told takes what it took
     */
    public void whenConsolidated(Consumer<FoundTask> told) {
        whenConsolidated = told;
    }

    /**
     * {@return the name that the network has for a task}
     *
     * @param task its place among those that were found, from 0
     */
    public static String name(int task) {
        return NAME + (task + 1);
    }

    /**
     * Answers the examples of the next mini-batch, and then learns from them.
     *
     * @param batch raw rows, and labels from 0 to less than the number of classes; at least one, shuffled as they come
     * @return what came of it
     * @throws IllegalArgumentException if they have other features than the network, or other labels
     * @throws sluice.framework.result.DivergedException if the loss becomes NaN or infinite
     */
    public StreamStep learn(Examples batch) {
        check(batch);
        return learn(batch, of(batch).look(batch));
    }

    /**
     * The same where somebody tells the task, for comparison.
     *
     * @param batch as where nobody does
     * @param task place among the tasks that it learned, from 0; their number where it is new
     * @return what came of it
     */
    public StreamStep learnTold(Examples batch, int task) {
        check(batch);
        return learn(batch, of(batch).told(batch, task));
    }

    private void check(Examples batch) {
        checkArgument(batch.size() > 0, "a mini-batch has at least one example");
        checkArgument(
                batch.features() == network.inputs(),
                "the network has %s inputs, got %s",
                network.inputs(),
                batch.features());
        for (int i = 0; i < batch.size(); i++) {
            checkArgument(
                    batch.label(i) < classes.size(),
                    "label must be in [0, %s), got %s",
                    classes.size(),
                    batch.label(i));
        }
    }

    private BorderDetector of(Examples batch) {
        if (detector.isEmpty()) {
            detector = Optional.of(new BorderDetector(batch, lanes));
        }
        return detector.get();
    }

    private StreamStep learn(Examples batch, StreamLook look) {
        int[] answers = answers(batch, look.tasks());
        if (look.border().isPresent()) {
            finish();
            look.border().filter(StreamBorder::isNew).ifPresent(border -> begin(border.task()));
        }
        int learned = 0;
        for (Examples some : look.learned()) {
            open.orElseThrow().learn(some);
            loss = open.orElseThrow().loss();
            learned += some.size();
        }
        return new StreamStep(answers, learned, loss, look.border());
    }

    private void begin(int task) {
        open = Optional.of(new StreamedTask(
                network, trainer.gates(), training, new StreamedTask.Named(name(task), classes), lanes));
    }

    private void consolidate(StreamedTask task) {
        task.consolidate();
        open = Optional.empty();
        task.close();
        whenConsolidated.accept(new FoundTask(task.name(), task.steps(), task.account()));
    }

    /** The stream has ended: the subnetwork of the task that is learned, if one is, is fixed and frozen. */
    public void finish() {
        open.ifPresent(this::consolidate);
    }

    /** What the subnetworks say of the tasks that examples seem to be of. */
    private int[] answers(Examples batch, int[] tasks) {
        int[] answers = new int[batch.size()];
        Arrays.fill(answers, -1);
        for (int task : Arrays.stream(tasks).distinct().toArray()) {
            Optional<float[]> logits = Optional.empty();
            int[] rows = IntStream.range(0, tasks.length)
                    .filter(row -> tasks[row] == task)
                    .toArray();
            Examples some = batch.select(rows, label -> label);
            if (network.tasks().contains(name(task))) {
                logits = Optional.of(network.logits(name(task), some, lanes));
            } else if (open.isPresent()) {
                logits = Optional.of(open.get().logits(some, lanes));
            }
            for (int r = 0; r < rows.length && logits.isPresent(); r++) {
                answers[rows[r]] = CompiledSubnetwork.largest(logits.get(), r, classes.size());
            }
        }
        return answers;
    }

    /** {@return tasks that were found so far} */
    public int tasks() {
        return detector.map(BorderDetector::tasks).orElse(0);
    }

    /**
     * {@return the task that each example seems to be of, and how well it fits}
     *
     * @param examples raw rows
     * @throws IllegalStateException before the first mini-batch
     */
    public FoundTasks find(Examples examples) {
        return known().find(examples);
    }

    private BorderDetector known() {
        checkState(detector.isPresent(), "nothing was learned yet");
        return detector.get();
    }

    /**
     * {@return the model of the tasks that were found}
     *
     * @param threshold typicality below which an example is of no task that is known, in [0, 1]
     * @throws IllegalStateException if a task is still learned: {@link #finish} first
     */
    public InferredModel model(double threshold) {
        checkState(open.isEmpty(), "a task is still learned: finish first");
        return known().model(network, threshold);
    }

    /** {@return multiply-adds of finding the task of an example, mean over those that were looked at last} */
    public double multiplyAdds() {
        return known().multiplyAdds();
    }

    /** {@return bytes of sums that are kept} */
    public long bytes() {
        return detector.map(BorderDetector::bytes).orElse(0L);
    }

    /** {@return what the densities of tasks are called: bernoulli or gaussian} */
    public String word() {
        return known().word();
    }

    Lanes lanes() {
        return lanes;
    }

    @Override
    public void close() {
        open.ifPresent(StreamedTask::close);
        lanes.close();
    }
}
