package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Map;
import java.util.Optional;
import sluice.framework.conditional.ExitLayer;
import sluice.framework.conditional.ExitShape;
import sluice.framework.conditional.ExitTrainer;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * A network with exits on one task: an example stops at the first that is sure of its answer, and what is above is not computed
 * for it. See {@link ExitTrainer}.
 *
 * @param layers hidden layers, lowest first
 * @param inputNoise standard deviation of the noise that training adds to normalised features, at least 0
 * @param heldOut share of the training examples that thresholds are chosen on, in (0, 1)
 * @param budget mean multiply-adds that a test example may take; {@link ExitTrainer#NO_BUDGET} for all of them
 */
public record Exits(ImmutableList<ExitLayer> layers, double inputNoise, double heldOut, long budget)
        implements Strategy {
    @Override
    public String name() {
        return ExitTrainer.STRATEGY;
    }

    @Override
    public ImmutableSet<Scenario> scenarios() {
        return ImmutableSet.of(Scenario.TASK);
    }

    @Override
    public StrategyTraits traits() {
        return new StrategyTraits(
                StrategyTraits.TrainedNetwork.PLAIN,
                Curriculum.TASK_BY_TASK,
                StrategyTraits.EarlierClasses.ANSWERED,
                0,
                Sets.immutableEnumSet(StrategyTraits.Setting.OPTIMIZER));
    }

    @Override
    public Object settings() {
        return Map.of(
                name(),
                ImmutableMap.of(
                        "layers", layers.stream().map(Recorded::components).toList(),
                        "inputNoise", inputNoise,
                        "heldOut", heldOut,
                        "budget", budget));
    }

    /**
     * {@return why the network cannot keep to its budget, and what would mend it, if so}
     *
     * @param sequence holds the task
     */
    public Optional<String> misfit(TaskSequence sequence) {
        int classes = sequence.tasks().get(0).classes().size();
        ExitShape shape = new ExitShape(sequence.features(), classes, layers);
        long least = shape.multiplyAdds(0);
        long most = shape.multiplyAdds(shape.exits() - 1);
        if (budget < least) {
            return Optional.of(
                    "%,d multiply-adds are below the %,d that every example takes to the first exit: allow more, or make the lowest layers smaller"
                            .formatted(budget, least));
        }
        if (budget != ExitTrainer.NO_BUDGET && budget > most) {
            return Optional.of(
                    "%,d multiply-adds are more than the %,d of the whole network: allow fewer, or remove the budget"
                            .formatted(budget, most));
        }
        return Optional.empty();
    }

    @Override
    public TrainingResult learn(TaskSequence sequence, Setup setup, TrainingListener listener) {
        return new ExitTrainer(layers, inputNoise, heldOut, budget, setup.training())
                .train(sequence, setup.seed(), listener);
    }
}
