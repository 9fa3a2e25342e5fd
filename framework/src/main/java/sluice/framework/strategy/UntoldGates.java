package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import sluice.framework.ContinualTrainer;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.inference.TaskFinder;
import sluice.framework.inference.UntoldTrainer;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkShape;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;
import sluice.tasks.strangers.Strangers;

/**
 * {@link Gates} where nobody tells the task at test: it is found, and its subnetwork answers.
 *
 * @param gates how the network is taught, and how tasks are found
 */
record UntoldGates(Gates gates) implements Strategy {
    @Override
    public String name() {
        return ContinualTrainer.STRATEGY;
    }

    @Override
    public ImmutableSet<Scenario> scenarios() {
        return ImmutableSet.of(Scenario.DOMAIN, Scenario.CLASS);
    }

    @Override
    public Object settings() {
        return gates.settings();
    }

    @Override
    public StrategyTraits traits() {
        return new StrategyTraits(
                StrategyTraits.TrainedNetwork.GATED,
                Curriculum.TASK_BY_TASK,
                StrategyTraits.EarlierClasses.ANSWERED,
                0,
                Sets.immutableEnumSet(
                        StrategyTraits.Setting.GATES,
                        StrategyTraits.Setting.INFERENCE,
                        StrategyTraits.Setting.OPTIMIZER,
                        StrategyTraits.Setting.CONTINUAL,
                        StrategyTraits.Setting.VALIDATION,
                        StrategyTraits.Setting.CLASS_WEIGHTS));
    }

    @Override
    public boolean grows() {
        return gates.grows();
    }

    @Override
    public boolean keepsCheckpoints(TaskSequence sequence) {
        return true;
    }

    @Override
    public void check(TaskSequence sequence) {
        if (sequence.isRegression()) {
            throw new InputException(
                    "inference.task: tasks are found for classes, and these predict numbers: write scenario: task, or another strategy");
        }
        if (gates.exits().isPresent()) {
            throw new InputException(
                    "network.exits: exits stand before subnetworks of tasks that are told: remove them, or inference.task");
        }
        if (gates.prior().isPresent()) {
            throw new InputException(
                    "network.from: a run that finds tasks itself (inference.task) begins with a new network, as no sums of earlier tasks are kept: learn all tasks in one run");
        }
        gates.gaterMisfit(sequence).ifPresent(why -> {
            throw new InputException("gates.gater: " + why);
        });
        TaskFinder.check(sequence);
        for (Strangers kind : gates.inference().strangers()) {
            kind.misfit(sequence).ifPresent(why -> {
                throw new InputException("inference.strangers: " + why);
            });
        }
    }

    @Override
    public ImmutableList<Remark> surprises(TaskSequence sequence, Setup setup) {
        return gates.surprises(sequence.withScenario(Scenario.TASK), setup);
    }

    @Override
    public TrainingResult learn(TaskSequence sequence, Setup setup, TrainingListener listener) {
        return learn(sequence, setup, listener, Checkpoints.NONE);
    }

    @Override
    public TrainingResult learn(
            TaskSequence sequence, Setup setup, TrainingListener listener, Checkpoints checkpoints) {
        NetworkShape shape = new NetworkShape(sequence.shape(), setup.layers());
        ContinualTrainer trainer = new ContinualTrainer(
                gates.gates(), setup.training(), setup.threads(), gates.growth(), gates.evaluation(), gates.exits());
        try (GatedNetwork network = GatedNetwork.create(shape, sequence.normalisation(), setup.seed())) {
            return new UntoldTrainer(trainer, gates.inference()).train(network, sequence, listener, checkpoints);
        }
    }
}
