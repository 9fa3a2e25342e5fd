package sluice.framework.strategy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.conditional.ExitLayer;
import sluice.framework.conditional.ExitShape;
import sluice.framework.conditional.ExitTrainer;
import sluice.framework.network.NetworkCost;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.gating.GradientEstimator;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * A network with exits on one task: an example stops at the first that is sure of its answer, and what is above is not computed
 * for it. See {@link ExitTrainer}.
 *
 * @param layers hidden layers, lowest first
 * @param inputNoise standard deviation of the noise that training adds to normalised features, at least 0
 * @param heldOut share of each class's training examples, by lot, that thresholds are chosen on, in (0, 1)
 * @param budget mean multiply-adds that a test example may take; {@link ExitTrainer#NO_BUDGET} for all of them
 * @param neurons how gradients reach the neurons that decide at exits; none where margins do
 */
public record Exits(
        ImmutableList<ExitLayer> layers,
        double inputNoise,
        double heldOut,
        long budget,
        Optional<GradientEstimator> neurons)
        implements Strategy {
    /** Checks the ranges, and that the layers fit on each other. */
    public Exits {
        new ExitTrainer(layers, inputNoise, heldOut, budget, neurons, TrainingSettings.DEFAULT);
    }

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
                StrategyTraits.TrainedNetwork.PARTS,
                Curriculum.TASK_BY_TASK,
                StrategyTraits.EarlierClasses.ANSWERED,
                0,
                Sets.immutableEnumSet(StrategyTraits.Setting.OPTIMIZER));
    }

    @Override
    public Object settings() {
        ImmutableMap.Builder<String, Object> settings = ImmutableMap.builder();
        settings.put("layers", layers.stream().map(Recorded::components).toList())
                .put("inputNoise", inputNoise)
                .put("heldOut", heldOut)
                .put("budget", budget);
        neurons.ifPresent(estimator -> settings.put("neurons", Recorded.of(estimator)));
        return Map.of(name(), settings.buildOrThrow());
    }

    /**
     * {@return why the network cannot keep to its budget, and what would mend it, if so}
     *
     * @param sequence holds the task
     */
    public Optional<String> misfit(TaskSequence sequence) {
        ExitShape shape = shape(sequence);
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
    public ImmutableList<Remark> surprises(TaskSequence sequence, Setup setup) {
        return shape(sequence).gaterSavings().stream()
                .filter(saving -> saving.takes() >= saving.saves())
                .map(saving ->
                        "the gater of layer %d takes %,d multiply-adds of an example, the blocks that it closes save %,d: make it narrower (gater.hidden), or its blocks fewer"
                                .formatted(saving.layer() + 1, saving.takes(), saving.saves()))
                .map(text -> new Remark("network.layers", text))
                .collect(ImmutableList.toImmutableList());
    }

    @Override
    public void check(TaskSequence sequence) {
        if (sequence.tasks().size() > 1) {
            throw new InputException("a network with exits learns one task, and there are %d: leave one"
                    .formatted(sequence.tasks().size()));
        }
        misfit(sequence).ifPresent(why -> {
            throw new InputException("network.budget: " + why);
        });
        shape(sequence).tooLarge().ifPresent(why -> {
            throw new InputException("network.layers: " + why);
        });
    }

    private ExitShape shape(TaskSequence sequence) {
        try {
            return trainer(TrainingSettings.DEFAULT).shape(sequence);
        } catch (IllegalArgumentException unfit) {
            throw new InputException("network.layers: " + unfit.getMessage());
        }
    }

    private ExitTrainer trainer(TrainingSettings training) {
        return new ExitTrainer(layers, inputNoise, heldOut, budget, neurons, training);
    }

    /** Parts are trained one after the other, on what is not held out. */
    @Override
    public Forecast forecast(TaskSequence sequence, NetworkCost network, Setup setup) {
        ExitTrainer.Work work = trainer(setup.training()).work(sequence, setup.seed());
        Task task = sequence.tasks().get(0);
        long bytes = work.parameters() * Float.BYTES;
        return new Forecast(
                ImmutableList.of(new Forecast.Stretch(
                        task.name(),
                        task.classes().size(),
                        work.examples(),
                        task.test().size(),
                        work.steps(),
                        work.epochs() * layers.stream().filter(ExitLayer::exit).count() + work.epochs(),
                        work.total())),
                work.parameters(),
                work.step(),
                work.total(),
                new Forecast.Memory(
                        0, 2 * bytes, setup.training().optimizer().begin().moments() * bytes, OptionalLong.of(0)));
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
        check(sequence);
        return trainer(setup.training()).train(sequence, setup.seed(), listener, checkpoints);
    }
}
