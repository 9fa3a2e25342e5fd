package sluice.framework.discriminant;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import sluice.framework.Evaluation;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.gates.GateSettings;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.result.TaskAgnosticResult;
import sluice.framework.result.TrainingListener;
import sluice.framework.sequence.TaughtTasks;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * Learns to tell the classes of all tasks apart where the task is unknown at test: streams each task's training examples
 * through random features into sums, chooses features by gates and solves for the linear discriminant. No example is kept,
 * and the result does not depend on the order of the tasks but for rounding and for the scale of its probabilities.
 *
 * @param inference how classes are told apart
 * @param gates how the gates of features are drawn and learned; its sparsity is that of inference, its groups have no
 *     meaning
 * @param seed of random features and gates
 * @param threads threads that share the work, in [1, 256]
 * @param evaluation which cells of the accuracy matrix are measured
 * @param subnetworks what trains a subnetwork per task, where inference wants their word too; then the result depends on
 *     the order of tasks, as later ones learn around what earlier ones froze
 */
public record DiscriminantTrainer(
        InferenceSettings inference,
        GateSettings gates,
        long seed,
        int threads,
        Evaluation evaluation,
        Optional<SubnetworkTrainer> subnetworks) {
    /** Checks the range. */
    public DiscriminantTrainer {
        Lanes.checkCount(threads);
        checkArgument(
                subnetworks.isPresent() == inference.subnetworks() > 0,
                "subnetworks are trained where their weight is above 0, got weight %s",
                inference.subnetworks());
    }

    /**
     * A trainer of a discriminant alone.
     *
     * @param inference how classes are told apart, without subnetworks
     * @param gates how the gates of features are drawn and learned
     * @param seed of random features and gates
     * @param threads threads that share the work, in [1, 256]
     * @param evaluation which cells of the accuracy matrix are measured
     */
    public DiscriminantTrainer(
            InferenceSettings inference, GateSettings gates, long seed, int threads, Evaluation evaluation) {
        this(inference, gates, seed, threads, evaluation, Optional.empty());
    }

    /**
     * {@return the model, and the accuracy of every task after every task}
     *
     * @param sequence tasks in the scenario class or domain
     * @param strategy what the matrix calls this
     * @param listener told of progress
     * @throws IllegalArgumentException if the scenario tells the task
     * @throws sluice.tasks.InputException if there are subnetworks, and a class is in two tasks of the scenario class
     */
    public TaskAgnosticResult train(TaskSequence sequence, String strategy, TrainingListener listener) {
        return train(sequence, strategy, listener, Checkpoints.NONE);
    }

    /**
     * The same, or goes on with a training of the same settings and sequence from a checkpoint.
     *
     * @param sequence tasks in the scenario class or domain
     * @param strategy what the result is called
     * @param listener told of progress
     * @param checkpoints what to go on from, and who takes others
     * @return the model and the accuracy matrix
     */
    public TaskAgnosticResult train(
            TaskSequence sequence, String strategy, TrainingListener listener, Checkpoints checkpoints) {
        return train(sequence, Optional.empty(), strategy, listener, checkpoints);
    }

    /**
     * The same after tasks of an earlier run, whose sums are taken up.
     *
     * @param sequence tasks in the scenario of that run
     * @param prior what it kept; nothing where these tasks are the first
     * @param strategy what the result is called
     * @param listener told of progress
     * @param checkpoints what to go on from, and who takes others
     * @return the model of all tasks, and the accuracy matrix of all, without what that run measured
     * @throws sluice.tasks.InputException if the tasks do not fit that run, or have what it knows and {@link InferenceSettings#known} refuses that
     */
    public TaskAgnosticResult train(
            TaskSequence sequence,
            Optional<KeptSums> prior,
            String strategy,
            TrainingListener listener,
            Checkpoints checkpoints) {
        checkArgument(sequence.scenario() != Scenario.TASK, "scenario task tells the task: use a ContinualTrainer");
        checkArgument(!sequence.isRegression(), "a discriminant tells classes apart and predicts no numbers");
        checkArgument(prior.isEmpty() || subnetworks.isEmpty(), "with subnetworks no earlier run can be gone on with");
        if (subnetworks.isPresent()) {
            SubnetworkTrainer.check(sequence);
        }
        TaskSequence next = prior.map(before -> before.taught().next(sequence)).orElse(sequence);
        prior.ifPresent(before -> before.taught().check(next, inference, seed));
        try (Lanes lanes = Lanes.start(threads);
                DiscriminantRun run = new DiscriminantRun(this, next, prior, lanes, listener)) {
            prior.ifPresent(run::takeUp);
            return run.run(strategy, checkpoints);
        }
    }

    /**
     * {@return what learning them takes}
     *
     * @param sequence tasks in the scenario class or domain
     */
    public DiscriminantCost cost(TaskSequence sequence) {
        return DiscriminantCost.of(
                draw(sequence), Components.of(TaughtTasks.of(sequence)).count());
    }

    RandomFeatures draw(TaskSequence sequence) {
        RandomStreams random = new RandomStreams(seed);
        return RandomFeatures.isImage(sequence.shape())
                ? LocalFilters.draw(
                        sequence.shape().pixels().orElseThrow(),
                        inference.features(sequence) / LocalFilters.PER_FILTER,
                        random.stream("filters"))
                : Projections.draw(
                        sequence.tasks().get(0).train(), inference.features(sequence), random.stream("projections"));
    }

    GateSettings featureGates() {
        return gates.withGroups(1).withSparsity(inference.sparsity());
    }
}
