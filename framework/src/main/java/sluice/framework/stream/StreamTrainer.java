package sluice.framework.stream;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.ContinualResult;
import sluice.framework.ContinualTrainer;
import sluice.framework.ExampleWork;
import sluice.framework.inference.ToldStrangers;
import sluice.framework.inference.UntoldResult;
import sluice.framework.internal.loop.TrainingLoop;
import sluice.framework.network.GatedNetwork;
import sluice.framework.result.TaskSummary;
import sluice.framework.result.TrainingListener;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * Teaches a gated network the tasks of a sequence as one stream, of which nobody says where a task ends: a {@link StreamLearner} is fed all training
 * examples once, mini-batch by mini-batch, and is then asked about the test examples of all tasks. Tasks are called {@code found-1} and so on in the
 * network, in the order in which they were found.
 *
 * @param trainer says how a task is taught; its length, and which cells of the matrix it measures, do not matter
 * @param stream how tasks become a stream
 * @param threshold typicality below which a test example is of no task that is known, in [0, 1]
 */
public record StreamTrainer(ContinualTrainer trainer, StreamSettings stream, double threshold) {
    /** Checks the range. */
    public StreamTrainer {
        checkArgument(threshold >= 0 && threshold <= 1, "threshold must be in [0, 1], got %s", threshold);
    }

    /**
     * Makes sure that tasks can be a stream.
     *
     * @param sequence the tasks
     * @param stream how they become one
     * @throws InputException if they are not of scenario domain, or there is no border, or no such task as comes again
     */
    public static void check(TaskSequence sequence, StreamSettings stream) {
        if (sequence.scenario() != Scenario.DOMAIN) {
            throw new InputException(
                    "nobody tells a learner of a stream how many tasks there are, so that they share their outputs: write scenario: domain");
        }
        StreamOrder.of(sequence, stream, 0);
    }

    /**
     * {@return mini-batches of the stream}
     *
     * @param sequence the tasks
     */
    public static int examples(TaskSequence sequence, StreamSettings stream) {
        return StreamOrder.of(sequence, stream, 0).size();
    }

    /**
     * Trains.
     *
     * @param network taught in place; knows no task
     * @param sequence the tasks, of scenario domain
     * @param listener told of progress, of one task that is the whole stream
     * @return the network, what finds tasks, the accuracy matrix, of which the first and last rows are known, and what was noticed of borders
     * @throws InputException if {@link #check} refuses them
     * @throws IllegalArgumentException if the network knows a task, or network and sequence do not fit each other
     * @throws sluice.framework.result.DivergedException if the loss becomes NaN or infinite
     */
    public StreamResult train(GatedNetwork network, TaskSequence sequence, TrainingListener listener) {
        check(sequence, stream);
        checkArgument(
                network.normalisation().equals(sequence.normalisation()),
                "the network normalises by %s, the sequence by %s",
                network.normalisation(),
                sequence.normalisation());
        try (StreamRun run = new StreamRun(network, trainer, stream, sequence, threshold)) {
            AccuracyMatrix empty = AccuracyMatrix.empty(ContinualTrainer.STRATEGY, network.seed(), sequence.names());
            TrainingLoop loop = new TrainingLoop(empty, sequence, run, listener).run();
            return result(run, loop);
        }
    }

    private StreamResult result(StreamRun run, TrainingLoop loop) {
        ContinualResult told = new ContinualResult(
                run.network,
                loop.results().matrix(),
                Optional.empty(),
                run.found(),
                loop.results().evaluationSeconds(),
                ExampleWork.NONE);
        UntoldResult untold = new UntoldResult(
                told,
                Optional.of(run.learner.model(threshold)),
                run.figures.metrics(),
                ToldStrangers.NONE,
                run.explanation(),
                run.learner.bytes());
        TaskSummary whole = loop.results().learned().get(0);
        return new StreamResult(
                untold,
                new TaskSummary(
                        whole.task(),
                        whole.openUnits(),
                        whole.steps(),
                        whole.seconds(),
                        told.account(),
                        "",
                        Optional.empty(),
                        told.comparedLogits().orElseThrow(),
                        ImmutableList.of(),
                        ImmutableList.of(),
                        Optional.empty()),
                run.truth.metrics());
    }
}
