package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.discriminant.DiscriminantTrainer;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.discriminant.SubnetworkTrainer;
import sluice.framework.gates.GateSettings;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.network.NetworkShape;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * Sluice's own way. Where the task is told at test, every task has a subnetwork that stochastic gates choose, and what it
 * uses is frozen when the task is consolidated: nothing is forgotten, bit for bit, and what is closed or frozen is not
 * computed. Where it is not told, gates choose among random features, and a discriminant follows from sums of them:
 * there is nothing to forget, and what is closed is not computed at prediction.
 *
 * @param settings how gates are drawn and learned
 * @param layers hidden layers, of which some may be convolutions; empty for dense ones, as wide as the setup has them
 * @param growth when hidden layers are widened
 * @param evaluation which cells of the accuracy matrix are measured
 * @param inference how classes are told apart where the task is not told
 */
public record Gates(
        GateSettings settings,
        ImmutableList<LayerShape> layers,
        Growth growth,
        Evaluation evaluation,
        InferenceSettings inference)
        implements Strategy {
    /**
     * Dense layers in a network of fixed width, of which every task is measured after every task, and the usual inference.
     *
     * @param settings how gates are drawn and learned
     */
    public Gates(GateSettings settings) {
        this(settings, ImmutableList.of(), Growth.NONE, Evaluation.ALL, InferenceSettings.DEFAULT);
    }

    @Override
    public String name() {
        return ContinualTrainer.STRATEGY;
    }

    @Override
    public TrainingResult learn(TaskSequence sequence, Setup setup, TrainingListener listener) {
        if (sequence.scenario() != Scenario.TASK) {
            return discriminant(setup).train(sequence, name(), listener);
        }
        NetworkShape shape = new NetworkShape(sequence.shape(), layers(setup));
        // what evaluations took outside the heap is freed however training ends; whoever predicts takes it again
        try (GatedNetwork network = GatedNetwork.create(shape, sequence.normalisation(), setup.seed())) {
            return networkTrainer(setup, evaluation).train(network, sequence, listener);
        }
    }

    private ContinualTrainer networkTrainer(Setup setup, Evaluation cells) {
        return new ContinualTrainer(settings, setup.training(), setup.threads(), growth, cells);
    }

    private ImmutableList<LayerShape> layers(Setup setup) {
        return layers.isEmpty()
                ? setup.hidden().stream().map(FullyConnected::new).collect(ImmutableList.toImmutableList())
                : layers;
    }

    @Override
    public void check(TaskSequence sequence) {
        if (sequence.scenario() != Scenario.TASK && inference.subnetworks() > 0) {
            SubnetworkTrainer.check(sequence);
        }
    }

    /**
     * @param setup of a run
     * @return what learns where the task is not told
     */
    public DiscriminantTrainer discriminant(Setup setup) {
        return new DiscriminantTrainer(
                inference,
                settings,
                setup.seed(),
                setup.threads(),
                evaluation,
                inference.subnetworks() > 0
                        ? Optional.of(new SubnetworkTrainer(networkTrainer(setup, Evaluation.ENDS), layers(setup)))
                        : Optional.empty());
    }
}
