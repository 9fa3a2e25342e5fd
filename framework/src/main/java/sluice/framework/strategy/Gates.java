package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import sluice.framework.ContinualTrainer;
import sluice.framework.GateSettings;
import sluice.framework.GatedNetwork;
import sluice.framework.LayerShape;
import sluice.framework.NetworkShape;
import sluice.framework.TrainingListener;
import sluice.framework.TrainingResult;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * Sluice's own way: every task has a subnetwork that stochastic gates choose, and what it uses is frozen when the task is
 * consolidated. Nothing is forgotten, bit for bit, and what is closed or frozen is not computed.
 *
 * @param settings how gates are drawn and learned
 * @param layers hidden layers, of which some may be convolutions; empty for dense ones, as wide as the setup has them
 */
public record Gates(GateSettings settings, ImmutableList<LayerShape> layers) implements Strategy {
    /**
     * Dense layers.
     *
     * @param settings how gates are drawn and learned
     */
    public Gates(GateSettings settings) {
        this(settings, ImmutableList.of());
    }

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
        NetworkShape shape = layers.isEmpty()
                ? NetworkShape.dense(sequence.features(), setup.hidden())
                : new NetworkShape(sequence.shape(), layers);
        GatedNetwork network = GatedNetwork.create(shape, sequence.normalisation(), setup.seed());
        return new ContinualTrainer(settings, setup.training(), setup.threads()).train(network, sequence, listener);
    }
}
