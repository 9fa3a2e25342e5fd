package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Optional;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.discriminant.DiscriminantTrainer;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.KeptSums;
import sluice.framework.discriminant.SubnetworkTrainer;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.Growth;
import sluice.framework.network.NetworkCost;
import sluice.framework.result.TaskAgnosticResult;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * Tells classes apart without being told the task: random features, streamed once into sums, and a linear discriminant that
 * follows from the sums. Gates choose among the features. There is nothing to forget, and what is closed is not computed at
 * prediction.
 *
 * <p>After the streaming linear discriminant of Deep SLDA (Hayes and Kanan 2020), on random features as in RanPAC (McDonnell
 * et al. 2023) and RanDumb (Prabhu et al. 2024), which take them of or without a trained network; gates on features are
 * Sluice's own.
 *
 * @param inference features, penalty on open ones, threshold and weight of subnetworks
 * @param gates how gates are drawn and learned
 * @param growth when hidden layers of the subnetworks are widened, if they have a weight
 * @param evaluation which cells of the accuracy matrix are measured
 * @param prior the run whose sums are taken up; new ones without
 */
public record RandomFeatureLda(
        InferenceSettings inference,
        GateSettings gates,
        Growth growth,
        Evaluation evaluation,
        Optional<PriorDiscriminant> prior)
        implements Strategy {
    /** What scripts and reports call it. */
    public static final String NAME = "random-feature-lda";

    /**
     * The default features, of which every task is measured after every task.
     *
     * @param inference features, penalty on open ones, threshold and weight of subnetworks
     */
    public RandomFeatureLda(InferenceSettings inference) {
        this(inference, GateSettings.DEFAULT, Growth.NONE, Evaluation.ALL, Optional.empty());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ImmutableSet<Scenario> scenarios() {
        return ImmutableSet.of(Scenario.DOMAIN, Scenario.CLASS);
    }

    @Override
    public StrategyTraits traits() {
        boolean trains = inference.subnetworks() > 0;
        return new StrategyTraits(
                trains ? StrategyTraits.TrainedNetwork.GATED : StrategyTraits.TrainedNetwork.NONE,
                Curriculum.TASK_BY_TASK,
                StrategyTraits.EarlierClasses.ANSWERED,
                0,
                Sets.immutableEnumSet(
                        StrategyTraits.Setting.GATES,
                        StrategyTraits.Setting.INFERENCE,
                        StrategyTraits.Setting.SUMS,
                        StrategyTraits.Setting.OPTIMIZER));
    }

    @Override
    public boolean grows() {
        return !growth.equals(Growth.NONE);
    }

    @Override
    public Forecast forecast(TaskSequence sequence, NetworkCost network, Setup setup) {
        return Forecast.ofSums(trainer(setup).cost(sequence), sequence);
    }

    @Override
    public TrainingResult learn(TaskSequence sequence, Setup setup, TrainingListener listener) {
        return learn(sequence, setup, listener, Checkpoints.NONE);
    }

    @Override
    public boolean keepsCheckpoints(TaskSequence sequence) {
        return true;
    }

    @Override
    public TrainingResult learn(
            TaskSequence sequence, Setup setup, TrainingListener listener, Checkpoints checkpoints) {
        if (prior.isEmpty()) {
            return trainer(setup).train(sequence, NAME, listener, checkpoints);
        }
        EarlierTasks earlier = prior.get().earlier();
        KeptSums sums = prior.get().load();
        ImmutableList<String> known = sums.taught().taskNames();
        earlier.gap(prior.get().run().toString(), known, sums.asked().size(), false)
                .ifPresent(listener::warning);
        TaskAgnosticResult learned = trainer(setup).train(sequence, Optional.of(sums), NAME, listener, checkpoints);
        return learned.with(earlier.rowsInto(learned.matrix(), known));
    }

    @Override
    public Optional<PriorRun> goesOn() {
        return prior.map(before -> before);
    }

    @Override
    public RandomFeatureLda asking(EarlierTasks tasks) {
        return new RandomFeatureLda(inference, gates, growth, evaluation, prior.map(before -> before.asking(tasks)));
    }

    @Override
    public TaskSequence next(TaskSequence sequence, Setup setup) {
        return prior.map(before -> before.next(sequence, trainer(setup))).orElse(sequence);
    }

    @Override
    public void check(TaskSequence sequence) {
        if (gates.gater().isPresent()) {
            throw new InputException(
                    "gates.gater: features that tell classes apart without the task have no gater: remove it");
        }
        if (inference.task().isPresent()) {
            throw new InputException(
                    "inference.task: random-feature-lda answers itself and asks no subnetwork of a task: write strategy: gates, or remove the key");
        }
        if (inference.subnetworks() > 0) {
            SubnetworkTrainer.check(sequence);
        }
    }

    /**
     * {@return what learns}
     *
     * @param setup of a run
     */
    public DiscriminantTrainer trainer(Setup setup) {
        return new DiscriminantTrainer(
                inference,
                gates,
                setup.seed(),
                setup.threads(),
                evaluation,
                inference.subnetworks() > 0 ? Optional.of(subnetworks(setup)) : Optional.empty());
    }

    private SubnetworkTrainer subnetworks(Setup setup) {
        return new SubnetworkTrainer(
                new ContinualTrainer(
                        gates, setup.training(), setup.threads(), growth, Evaluation.ENDS, Optional.empty()),
                setup.layers());
    }
}
