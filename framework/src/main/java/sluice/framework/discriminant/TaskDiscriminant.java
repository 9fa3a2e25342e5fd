package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkState;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.Evaluation;
import sluice.framework.gates.GateSettings;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.state.State;
import sluice.tasks.Examples;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * Tells tasks apart by a linear discriminant of random features between the classes of all of them: a task is as likely as its classes
 * together. From sums alone, as a {@link DiscriminantTrainer} has them, without gates of features. Mutable, one thread's own; close it.
 */
public final class TaskDiscriminant implements AutoCloseable {
    private static final ScoreSpread NO_SPREAD = new ScoreSpread(new double[0], new double[0]);

    private final RandomFeatures features;
    private final FeatureStream stream;
    private final FeatureSums sums;
    private final Lanes lanes;
    /** By task, its first class among those of all; the last is how many there are. */
    private final int[] starts;

    private final int[] all;
    private Optional<DiscriminantScores> scores = Optional.empty();
    private Optional<Discriminant> solved = Optional.empty();
    /** Of what is solved, once somebody asks. */
    private Optional<ScoreSpread> spread = Optional.empty();

    /**
     * Without any task.
     *
     * @param inference says how many features there are
     * @param sequence tasks that may be added
     * @param seed of the features
     * @param lanes share out the work
     */
    public TaskDiscriminant(InferenceSettings inference, TaskSequence sequence, long seed, Lanes lanes) {
        this.features = new DiscriminantTrainer(inference, GateSettings.DEFAULT, seed, lanes.count(), Evaluation.ALL)
                .draw(sequence);
        this.stream = new FeatureStream(features, lanes, FeatureUse.RUN);
        this.sums = new FeatureSums(features.count(), lanes);
        this.lanes = lanes;
        this.starts = new int[sequence.tasks().size() + 1];
        for (int task = 0; task < sequence.tasks().size(); task++) {
            starts[task + 1] =
                    starts[task] + sequence.tasks().get(task).classes().size();
        }
        this.all = IntStream.range(0, features.count()).toArray();
    }

    /**
     * Adds examples.
     *
     * @param place of the task
     * @param task whose training examples they are
     * @param rows which of them
     */
    public void add(int place, Task task, int[] rows) {
        stream.forEach(task.train(), rows, (chunk, first, count) -> {
            int[] classes = new int[count];
            Arrays.setAll(classes, e -> starts[place] + task.train().label(rows[first + e]));
            sums.add(chunk, classes, count);
        });
    }

    /** Solves for the discriminant that follows from the sums. */
    public void solve() {
        scores.ifPresent(DiscriminantScores::close);
        solved = Optional.of(
                new DiscriminantSolver(sums, all, lanes).of(features).solve());
        scores = solved.map(DiscriminantScores::new);
        spread = Optional.empty();
    }

    /**
     * Scores examples.
     *
     * @param examples raw features
     * @param rows which of them
     * @param into by row and task, overwritten: the logarithm of what the classes of the task are together
     */
    public void score(Examples examples, int[] rows, double[][] into) {
        checkState(scores.isPresent(), "sums are solved before anything is scored");
        TaskScores said = said();
        said.forEach(
                stream, scores.get(), examples, rows, (row, ofClasses, at) -> said.together(ofClasses, at, into[row]));
    }

    /**
     * {@return how well each example fits a task: its distance from the nearest mean of the task's classes, negated, among scores whose
     * spread classes share}
     *
     * @param examples raw features
     * @param rows which of them
     * @param ofTasks a task for each of those
     */
    public double[] fits(Examples examples, int[] rows, int[] ofTasks) {
        checkState(scores.isPresent(), "sums are solved before anything is scored");
        double[] fits = new double[rows.length];
        TaskScores said = scores();
        said.forEach(
                stream,
                scores.get(),
                examples,
                rows,
                (row, ofClasses, at) -> fits[row] = said.fit(ofClasses, at, ofTasks[row]));
        return fits;
    }

    /** {@return what it says now} */
    public TaskScores scores() {
        if (spread.isEmpty()) {
            spread = Optional.of(ScoreSpread.of(sums, solved.orElseThrow()));
        }
        return said();
    }

    private TaskScores said() {
        return TaskScores.of(features, solved.orElseThrow(), starts, spread.orElse(NO_SPREAD));
    }

    /** {@return multiply-adds of scoring an example} */
    public long multiplyAdds() {
        return features.multiplyAdds() + (long) features.count() * sums.components();
    }

    /** {@return bytes that are kept} */
    public long bytes() {
        return FeatureSums.bytes(features.count(), sums.components());
    }

    /**
     * Tells the sums.
     *
     * @param state keeps them, or gives what was kept
     */
    public void state(State state) {
        sums.state(state);
    }

    @Override
    public void close() {
        scores.ifPresent(DiscriminantScores::close);
        stream.close();
        sums.close();
    }
}
