package sluice.framework.strategy;

import com.google.common.collect.ImmutableSet;
import sluice.framework.ContinualTrainer;
import sluice.framework.GateSettings;
import sluice.framework.GatedNetwork;
import sluice.framework.TrainingListener;
import sluice.framework.TrainingResult;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * Sluice's own way: every task has a subnetwork that stochastic gates choose, and what it uses is frozen when the task is
 * consolidated. Nothing is forgotten, bit for bit, and what is closed or frozen is not computed.
 *
 * @param settings how gates are drawn and learned
 */
public record Gates(GateSettings settings) implements Strategy {
    @Override
    public String name() {
        return ContinualTrainer.STRATEGY;
    }

    /** Subnetworks and heads are the task's. */
    @Override
    public ImmutableSet<Scenario> scenarios() {
        return ImmutableSet.of(Scenario.TASK);
    }

    @Override
    public TrainingResult learn(TaskSequence sequence, Setup setup, TrainingListener listener) {
        GatedNetwork network =
                GatedNetwork.create(sequence.features(), setup.hidden(), sequence.normalisation(), setup.seed());
        return new ContinualTrainer(settings, setup.training(), setup.threads()).train(network, sequence, listener);
    }
}
