package sluice.framework.strategy;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import java.util.Optional;
import sluice.framework.ContinualTrainer;
import sluice.framework.Evaluation;
import sluice.framework.TrainingStoppedException;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.conditional.EarlyExits;
import sluice.framework.conditional.ExitTrainer;
import sluice.framework.discriminant.InferenceSettings;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.InputGates;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.network.NetworkCost;
import sluice.framework.network.NetworkShape;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.InputException;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * Sluice's own way. Every task has a subnetwork that stochastic gates choose, and what it uses is frozen when the task is
 * consolidated: nothing is forgotten, bit for bit, and what is closed or frozen is not computed. Where the task is not told at
 * test, it is found if inference says how, and otherwise {@link RandomFeatureLda} learns in its place.
 *
 * @param gates how gates are drawn and learned
 * @param growth when hidden layers are widened
 * @param evaluation which cells of the accuracy matrix are measured
 * @param inference how classes are told apart where the task is not told
 * @param exits what each task gets before its subnetwork, if anything
 * @param prior the network that learns on; a new one without
 */
public record Gates(
        GateSettings gates,
        Growth growth,
        Evaluation evaluation,
        InferenceSettings inference,
        Optional<EarlyExits> exits,
        Optional<PriorNetwork> prior)
        implements Strategy {
    /**
     * A network of fixed width, of which every task is measured after every task, and the usual inference.
     *
     * @param gates how gates are drawn and learned
     */
    public Gates(GateSettings gates) {
        this(gates, Growth.NONE, Evaluation.ALL, InferenceSettings.DEFAULT, Optional.empty(), Optional.empty());
    }

    @Override
    public String name() {
        return ContinualTrainer.STRATEGY;
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
                        StrategyTraits.Setting.OPTIMIZER,
                        StrategyTraits.Setting.CONTINUAL,
                        StrategyTraits.Setting.VALIDATION,
                        StrategyTraits.Setting.CLASS_WEIGHTS,
                        StrategyTraits.Setting.REGRESSION));
    }

    @Override
    public boolean grows() {
        return !growth.equals(Growth.NONE);
    }

    @Override
    public Strategy inScenario(Scenario scenario) {
        return scenario == Scenario.TASK ? this : withoutTask();
    }

    @Override
    public Optional<String> surprise(Scenario scenario) {
        return scenario == Scenario.TASK || inference.task().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "gates in scenario %s are random features with a streaming linear discriminant, which have a name of their own: write strategy: %s, or inference: {task: auto} for subnetworks whose task is found"
                                .formatted(Ascii.toLowerCase(scenario.name()), RandomFeatureLda.NAME));
    }

    @Override
    public boolean keepsCheckpoints(TaskSequence sequence) {
        return true;
    }

    /** With the exits of every task, which are trained when its subnetwork is fixed. */
    @Override
    public Forecast forecast(TaskSequence sequence, NetworkCost network, Setup setup) {
        Forecast plain = Strategy.super.forecast(sequence, network, setup);
        if (exits.isEmpty() || sequence.scenario() != Scenario.TASK) {
            return plain;
        }
        long parameters = plain.parameters();
        MultiplyAdds total = plain.total();
        for (int task = 0; task < sequence.tasks().size(); task++) {
            ExitTrainer.Work work = exits.get().work(sequence, task, setup.training());
            parameters += work.parameters();
            total = total.plus(work.total());
        }
        return new Forecast(plain.schedule(), parameters, plain.perStep(), total, plain.memory());
    }

    @Override
    public TrainingResult learn(TaskSequence sequence, Setup setup, TrainingListener listener) {
        return learn(sequence, setup, listener, Checkpoints.NONE);
    }

    @Override
    public TrainingResult learn(
            TaskSequence sequence, Setup setup, TrainingListener listener, Checkpoints checkpoints) {
        if (sequence.scenario() != Scenario.TASK) {
            return withoutTask().learn(sequence, setup, listener, checkpoints);
        }
        NetworkShape shape = new NetworkShape(sequence.shape(), setup.layers());
        ContinualTrainer trainer =
                new ContinualTrainer(gates, setup.training(), setup.threads(), growth, evaluation, exits);
        // what evaluations took outside the heap is freed however training ends; whoever predicts takes it again
        try (GatedNetwork network = prior.map(PriorNetwork::load)
                .orElseGet(() -> GatedNetwork.create(shape, sequence.normalisation(), setup.seed()))) {
            if (prior.isEmpty()) {
                return trainer.train(network, sequence, listener, checkpoints);
            }
            ContinuedNetwork matrix = new ContinuedNetwork(network, prior.get().earlier(), evaluation);
            matrix.tell(listener, prior.get().run().toString());
            try {
                return matrix.with(trainer.train(network, sequence, matrix.listening(listener), checkpoints));
            } catch (TrainingStoppedException stopped) {
                throw stopped.with(matrix.with(stopped.learned()));
            }
        }
    }

    @Override
    public Optional<PriorRun> goesOn() {
        return prior.map(before -> before);
    }

    @Override
    public TaskSequence next(TaskSequence sequence, Setup setup) {
        return prior.map(before -> before.next(sequence, setup)).orElse(sequence);
    }

    @Override
    public Gates asking(EarlierTasks tasks) {
        return new Gates(gates, growth, evaluation, inference, exits, prior.map(before -> before.asking(tasks)));
    }

    @Override
    public void check(TaskSequence sequence) {
        if (sequence.scenario() != Scenario.TASK) {
            withoutTask().check(sequence);
            return;
        }
        if (sequence.isRegression() && exits.isPresent()) {
            throw new InputException(
                    "network.exits: exits tell classes apart, and these tasks predict numbers: remove them");
        }
        if (sequence.isRegression() && gates.gater().isPresent()) {
            throw new InputException("gates.gater: gaters are for classes, and these tasks predict numbers: remove it");
        }
        misfit(sequence).ifPresent(why -> {
            throw new InputException("network.exits: " + why);
        });
        gaterMisfit(sequence).ifPresent(why -> {
            throw new InputException("gates.gater: " + why);
        });
    }

    /**
     * {@return why gaters cannot look at the tasks' examples, if so}
     *
     * @param sequence the tasks
     */
    public Optional<String> gaterMisfit(TaskSequence sequence) {
        return gates.gater().flatMap(gater -> gater.misfit(sequence.shape()));
    }

    /**
     * {@return why the exits cannot serve the tasks, and what would mend it, if so}
     *
     * @param sequence the tasks
     */
    public Optional<String> misfit(TaskSequence sequence) {
        return exits.flatMap(early -> early.misfit(sequence));
    }

    /**
     * {@return why exits cannot be allowed as much as they are, if so}
     *
     * @param sequence the tasks, which the exits fit
     * @param setup of the network
     */
    public Optional<String> excess(TaskSequence sequence, Setup setup) {
        // of a network that is or grows wider than the setup says, nothing is known
        if (exits.isEmpty()
                || exits.get().budget() == ExitTrainer.NO_BUDGET
                || grows()
                || prior.isPresent()
                || NetworkShape.misfit(sequence.shape(), setup.layers()).isPresent()) {
            return Optional.empty();
        }
        NetworkShape shape = new NetworkShape(sequence.shape(), setup.layers());
        long gaters = gates.gater().stream()
                .flatMapToLong(gater ->
                        setup.layers().stream().mapToLong(layer -> gater.multiplyAdds(sequence.shape(), layer.units())))
                .sum();
        long most = sequence.tasks().stream()
                .mapToLong(task -> exits.get().multiplyAdds(sequence, task)
                        + new NetworkCost(shape, task.classes().size())
                                .multiplyAdds(1)
                                .forward())
                .max()
                .orElseThrow();
        return exits.get().budget() <= most + gaters
                ? Optional.empty()
                : Optional.of(
                        "a budget of %,d multiply-adds is more than the %,d of exits and network with every unit open: allow fewer"
                                .formatted(exits.get().budget(), most + gaters));
    }

    @Override
    public ImmutableList<Remark> surprises(TaskSequence sequence, Setup setup) {
        if (gates.gater().isEmpty() || sequence.scenario() != Scenario.TASK) {
            return ImmutableList.of();
        }
        InputGates gater = gates.gater().get();
        int classes = sequence.tasks().stream()
                .mapToInt(task -> task.classes().size())
                .max()
                .orElse(1);
        ImmutableList<NetworkShape.Cost> costs = new NetworkShape(sequence.shape(), setup.layers()).costs(classes);
        ImmutableList.Builder<Remark> remarks = ImmutableList.builder();
        double below = 1;
        for (int l = 0; l < costs.size() - 1; l++) {
            double openAbove = l + 2 == costs.size() ? 1 : gater.open();
            long saves =
                    Math.round((1 - gater.open()) * (work(costs.get(l)) * below + work(costs.get(l + 1)) * openAbove));
            below = gater.open();
            long takes = gater.multiplyAdds(sequence.shape(), costs.get(l).units());
            if (takes >= saves) {
                remarks.add(new Remark(
                        "gates.gater",
                        "the gater of layer %d takes %,d multiply-adds of an example, the units that it closes save %,d: let it look at less (pool), make it narrower (hidden), or open less"
                                .formatted(l + 1, takes, saves)));
            }
        }
        return remarks.build();
    }

    private static long work(NetworkShape.Cost layer) {
        return layer.units() * layer.weights() * layer.positions();
    }

    private Strategy withoutTask() {
        return inference.task().isPresent() ? new UntoldGates(this) : discriminant();
    }

    /** {@return what answers without subnetworks where the task is not told} */
    public RandomFeatureLda discriminant() {
        return new RandomFeatureLda(
                inference,
                gates,
                growth,
                evaluation,
                prior.map(before -> new PriorDiscriminant(before.run(), before.earlier())));
    }
}
