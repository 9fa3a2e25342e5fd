package sluice.framework;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.conditional.EarlyExits;
import sluice.framework.gates.GateSettings;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.loop.SequenceRun;
import sluice.framework.internal.loop.ToldRun;
import sluice.framework.internal.loop.TrainingLoop;
import sluice.framework.layer.InputShape;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.network.NetworkState;
import sluice.framework.network.RetentionException;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * Teaches a gated network the tasks of a sequence, one after another: train weights, head and gates of a task on its own
 * examples, fix the units that its gates open, freeze what they use, go on. No example of an earlier task is seen again
 * in training; every task is evaluated again after every task.
 *
 * @param gates how gates are drawn and learned
 * @param training how weights are learned
 * @param threads threads that a step is shared out over, in [1, 256]; the bits of the result depend on it
 * @param growth when hidden layers are widened
 * @param evaluation which cells of the accuracy matrix are measured
 * @param exits what each task gets before its subnetwork, if anything
 */
public record ContinualTrainer(
        GateSettings gates,
        TrainingSettings training,
        int threads,
        Growth growth,
        Evaluation evaluation,
        Optional<EarlyExits> exits) {
    /** The name of this way of learning in matrices and reports. */
    public static final String STRATEGY = "gates";

    /** Checks the range. */
    public ContinualTrainer {
        Lanes.checkCount(threads);
        checkNotNull(growth, "growth");
        checkNotNull(evaluation, "evaluation");
        exits.ifPresent(early -> early.check(training));
    }

    /** A trainer with the defaults of {@link GateSettings#DEFAULT} and {@link TrainingSettings#DEFAULT}. */
    public ContinualTrainer() {
        this(GateSettings.DEFAULT, TrainingSettings.DEFAULT);
    }

    /**
     * A trainer that uses OPENBLAS_NUM_THREADS threads where the environment has it, else one per physical core.
     *
     * @param gates how gates are drawn and learned
     * @param training how weights are learned
     */
    public ContinualTrainer(GateSettings gates, TrainingSettings training) {
        this(gates, training, Lanes.defaultCount());
    }

    /**
     * A trainer of a network of fixed width, which measures every task after every task.
     *
     * @param gates how gates are drawn and learned
     * @param training how weights are learned
     * @param threads threads that a step is shared out over, in [1, 256]; the bits of the result depend on it
     */
    public ContinualTrainer(GateSettings gates, TrainingSettings training, int threads) {
        this(gates, training, threads, Growth.NONE, Evaluation.ALL, Optional.empty());
    }

    /**
     * {@return this trainer with it}
     *
     * @param other when hidden layers are widened
     */
    public ContinualTrainer withGrowth(Growth other) {
        return new ContinualTrainer(gates, training, threads, other, evaluation, exits);
    }

    /**
     * {@return this trainer with it}
     *
     * @param other which cells of the accuracy matrix are measured
     */
    public ContinualTrainer withEvaluation(Evaluation other) {
        return new ContinualTrainer(gates, training, threads, growth, other, exits);
    }

    /**
     * {@return this trainer with exits before every task's subnetwork}
     *
     * @param other how they are trained
     * @throws IllegalArgumentException if they cannot be trained by these settings: batches of one, or clipped gradients
     */
    public ContinualTrainer withExits(EarlyExits other) {
        return new ContinualTrainer(gates, training, threads, growth, evaluation, Optional.of(other));
    }

    /**
     * Trains, silently.
     *
     * @param network taught in place; may have learned other tasks before
     * @param sequence the tasks, with names that the network does not know yet and its number of features
     * @return the network and the accuracy matrix
     * @throws DivergedException if the loss becomes NaN or infinite
     * @throws IllegalArgumentException if network and sequence do not fit each other
     */
    public ContinualResult train(GatedNetwork network, TaskSequence sequence) {
        return train(network, sequence, TrainingListener.SILENT);
    }

    /**
     * Trains and tells a listener.
     *
     * @param network taught in place; may have learned other tasks before
     * @param sequence the tasks, with names that the network does not know yet and its number of features
     * @param listener told of progress
     * @return the network and the accuracy matrix; where the listener's {@linkplain TrainingListener#control control} ended the training,
     *     {@link ContinualResult#tasks} has those that were learned, and later rows of the matrix are empty. A checkpoint that was taken by
     *     then goes on as if nobody had ended it
     * @throws DivergedException if the loss becomes NaN or infinite; the network is then as it was before that task
     * @throws TrainingStoppedException if the listener throws a CancellationException after a task was learned; the network is
     *     then as it was before the task that was not
     * @throws RetentionException if something frozen moved, which would be a bug
     * @throws IllegalArgumentException if network and sequence do not fit each other
     */
    public ContinualResult train(GatedNetwork network, TaskSequence sequence, TrainingListener listener) {
        return train(network, sequence, listener, Checkpoints.NONE);
    }

    /**
     * Trains, or goes on with a training of the same settings and sequence from a checkpoint, with the same bits as if it had never
     * ended.
     *
     * @param network taught in place; where a checkpoint is gone on from, as it was before the first task: it becomes what it was then
     * @param sequence the tasks, with names that the network does not know yet and its number of features
     * @param listener told of progress
     * @param checkpoints what to go on from, and who takes others
     * @return the network and the accuracy matrix
     * @throws DivergedException as without checkpoints
     * @throws TrainingStoppedException as without checkpoints
     * @throws RetentionException as without checkpoints
     * @throws sluice.framework.internal.state.StateMisfitException if the checkpoint is of another training
     * @throws IllegalArgumentException if network and sequence do not fit each other
     */
    public ContinualResult train(
            GatedNetwork network, TaskSequence sequence, TrainingListener listener, Checkpoints checkpoints) {
        checkArgument(
                sequence.scenario() == Scenario.TASK,
                "a gated network has a head per task and must be told the task, sequence %s has scenario %s",
                sequence.name(),
                sequence.scenario());
        return train(network, sequence, listener, checkpoints, run -> run);
    }

    /**
     * The same where another answers in the network's place, in any scenario.
     *
     * @param network taught in place, as if the task were told
     * @param sequence the tasks, with names that the network does not know yet and its number of features
     * @param listener told of progress
     * @param checkpoints what to go on from, and who takes others
     * @param seen what answers, of what teaches the network
     * @return the network, and the accuracy matrix of what answers
     */
    public ContinualResult train(
            GatedNetwork network,
            TaskSequence sequence,
            TrainingListener listener,
            Checkpoints checkpoints,
            Function<ToldRun, SequenceRun> seen) {
        checkFit(network, sequence);
        AccuracyMatrix empty = AccuracyMatrix.empty(STRATEGY, network.seed(), sequence.names());
        long mostKept = checkpoints.equals(Checkpoints.NONE) ? 0 : NetworkState.MOST_BYTES;
        try (Lanes lanes = Lanes.start(threads)) {
            GatedRun run = new GatedRun(this, network, sequence.withScenario(Scenario.TASK), lanes, listener, mostKept);
            TrainingLoop loop = new TrainingLoop(empty, sequence, seen.apply(run), listener);
            try {
                loop.run(checkpoints);
            } catch (CancellationException stopped) {
                if (loop.results().learned().isEmpty()) {
                    throw stopped;
                }
                loop.results().complete();
                throw new TrainingStoppedException(result(run, loop), stopped);
            }
            loop.results().complete();
            return result(run, loop);
        }
    }

    private static ContinualResult result(GatedRun run, TrainingLoop loop) {
        return new ContinualResult(
                run.network,
                loop.results().matrix(),
                Optional.of(loop.results().errors()).filter(errors -> run.sequence.isRegression()),
                loop.results().learned(),
                loop.results().evaluationSeconds(),
                run.exampleWork());
    }

    private static void checkNone(Optional<String> misfit) {
        misfit.ifPresent(why -> {
            throw new IllegalArgumentException(why);
        });
    }

    private void checkFit(GatedNetwork network, TaskSequence sequence) {
        InputShape.check(network.parts().layers().get(0), sequence.shape());
        checkNone(exits.flatMap(early -> early.misfit(sequence)));
        checkNone(gates.gater().flatMap(gater -> gater.misfit(sequence.shape())));
        checkArgument(
                network.normalisation().equals(sequence.normalisation()),
                "the network normalises by %s, the sequence by %s",
                network.normalisation(),
                sequence.normalisation());
        for (int units : network.hidden()) {
            checkArgument(
                    gates.groups() <= units, "a layer of %s units cannot lie in %s groups", units, gates.groups());
            checkArgument(
                    gates.budget().limit(units) >= 1,
                    "a layer of %s units has none open with a budget of %s: make it wider, or the budget larger",
                    units,
                    gates.budget());
        }
        training.classWeights().check(sequence);
        checkArgument(
                !sequence.isRegression() || (exits.isEmpty() && gates.gater().isEmpty()),
                "exits and gaters tell classes apart, and sequence %s predicts numbers: leave them out",
                sequence.name());
        for (String name : sequence.names()) {
            checkArgument(
                    !network.tasks().contains(name),
                    "the network has learned task %s, and what a task uses is frozen: give more examples another task's name, or remove the task and learn it anew from all",
                    name);
        }
    }
}
