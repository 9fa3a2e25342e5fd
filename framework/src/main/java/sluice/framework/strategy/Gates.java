package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.GateSettings;
import sluice.framework.GatedNetwork;
import sluice.framework.Growth;
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
 * @param growth when hidden layers are widened
 * @param evaluation which cells of the accuracy matrix are measured
 */
public record Gates(GateSettings settings, ImmutableList<LayerShape> layers, Growth growth, Evaluation evaluation)
        implements Strategy {
    /**
     * Dense layers in a network of fixed width, of which every task is measured after every task.
     *
     * @param settings how gates are drawn and learned
     */
    public Gates(GateSettings settings) {
        this(settings, ImmutableList.of(), Growth.NONE, Evaluation.ALL);
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
        return new ContinualTrainer(settings, setup.training(), setup.threads(), growth, evaluation)
                .train(network, sequence, listener);
    }
}
