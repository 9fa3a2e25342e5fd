package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.common.math.IntMath;
import java.math.RoundingMode;
import sluice.framework.ContinualTrainer;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkCost;
import sluice.framework.network.NetworkShape;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.stream.StreamSettings;
import sluice.framework.stream.StreamTrainer;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * {@link Gates} that are fed all tasks as one stream, in one pass, and notice themselves where one ends and the next begins.
 *
 * @param gates how the network is taught
 * @param stream how tasks become a stream
 */
public record StreamGates(Gates gates, StreamSettings stream) implements Strategy {
    @Override
    public String name() {
        return ContinualTrainer.STRATEGY;
    }

    @Override
    public ImmutableSet<Scenario> scenarios() {
        return ImmutableSet.of(Scenario.DOMAIN);
    }

    @Override
    public Object settings() {
        return ImmutableMap.of(name(), Recorded.components(gates), "stream", Recorded.components(stream));
    }

    @Override
    public StrategyTraits traits() {
        return new StrategyTraits(
                StrategyTraits.TrainedNetwork.GATED,
                Curriculum.JOINT,
                StrategyTraits.EarlierClasses.ANSWERED,
                0,
                Sets.immutableEnumSet(
                        StrategyTraits.Setting.GATES,
                        StrategyTraits.Setting.INFERENCE,
                        StrategyTraits.Setting.OPTIMIZER));
    }

    @Override
    public Forecast forecast(TaskSequence sequence, NetworkCost network, Setup setup) {
        int examples = StreamTrainer.examples(sequence, stream);
        int steps = IntMath.divide(examples, setup.training().batchSize(), RoundingMode.CEILING);
        return Forecast.ofTraining(
                ImmutableList.of(new Phase(0, sequence.tasks().size() - 1, examples, steps)),
                sequence,
                setup.training(),
                network,
                memoryBytes(network, sequence));
    }

    @Override
    public void check(TaskSequence sequence) {
        if (sequence.isRegression()) {
            throw new InputException(
                    "tasks are found for classes, and these predict numbers: remove the section, and write scenario: task");
        }
        StreamTrainer.check(sequence, stream);
    }

    @Override
    public TrainingResult learn(TaskSequence sequence, Setup setup, TrainingListener listener) {
        check(sequence);
        NetworkShape shape = new NetworkShape(sequence.shape(), setup.layers());
        ContinualTrainer trainer = new ContinualTrainer(gates.gates(), setup.training(), setup.threads());
        try (GatedNetwork network = GatedNetwork.create(shape, sequence.normalisation(), setup.seed())) {
            return new StreamTrainer(trainer, stream, gates.inference().threshold()).train(network, sequence, listener);
        }
    }
}
