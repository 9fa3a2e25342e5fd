package sluice.framework.strategy;

import sluice.framework.ContinualTrainer;
import sluice.framework.GateSettings;
import sluice.framework.GatedNetwork;
import sluice.framework.TrainingListener;
import sluice.framework.TrainingResult;
import sluice.framework.discriminant.DiscriminantTrainer;
import sluice.framework.discriminant.InferenceSettings;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * Sluice's own way. Where the task is told at test, every task has a subnetwork that stochastic gates choose, and what it
 * uses is frozen when the task is consolidated: nothing is forgotten, bit for bit, and what is closed or frozen is not
 * computed. Where it is not told, gates choose among random features, and a discriminant follows from sums of them:
 * there is nothing to forget, and what is closed is not computed at prediction.
 *
 * @param settings how gates are drawn and learned
 * @param inference how classes are told apart where the task is not told
 */
public record Gates(GateSettings settings, InferenceSettings inference) implements Strategy {
    /**
     * With the usual inference.
     *
     * @param settings how gates are drawn and learned
     */
    public Gates(GateSettings settings) {
        this(settings, InferenceSettings.DEFAULT);
    }

    @Override
    public String name() {
        return ContinualTrainer.STRATEGY;
    }

    @Override
    public TrainingResult learn(TaskSequence sequence, Setup setup, TrainingListener listener) {
        if (sequence.scenario() != Scenario.TASK) {
            return new DiscriminantTrainer(inference, settings, setup.seed(), setup.threads())
                    .train(sequence, name(), listener);
        }
        GatedNetwork network =
                GatedNetwork.create(sequence.features(), setup.hidden(), sequence.normalisation(), setup.seed());
        return new ContinualTrainer(settings, setup.training(), setup.threads()).train(network, sequence, listener);
    }
}
