package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import sluice.framework.ContinualTrainer;
import sluice.framework.binary.ClassifierTrainer;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.NetworkCost;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.strategy.Curriculum;
import sluice.framework.strategy.EarlierTasks;
import sluice.framework.strategy.Forecast;
import sluice.framework.strategy.Phase;
import sluice.framework.strategy.Remark;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategy;
import sluice.framework.strategy.StrategyTraits;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/** What learns tasks, and how. */
sealed interface Learner {
    /** Teaches a new network. */
    TrainingResult learn(TaskSequence sequence, TrainingListener listener);

    /** Whether it can be gone on with from a checkpoint of these tasks. */
    default boolean keepsCheckpoints(TaskSequence sequence) {
        return false;
    }

    /** Teaches a new network, or goes on with that. */
    default TrainingResult learn(TaskSequence sequence, TrainingListener listener, Checkpoints checkpoints) {
        return learn(sequence, listener);
    }

    /** The same with tasks that its network learned in earlier runs, to be asked again. */
    default Learner asking(EarlierTasks tasks) {
        return this;
    }

    /** How each task is trained. */
    TrainingSettings training();

    /** Threads that share a step. */
    int threads();

    /** What the user calls it. */
    String name();

    /** The one seed of everything random. */
    long seed();

    /** Hidden layers of its network. */
    ImmutableList<LayerShape> layers();

    /** Whether its network may be widened as it learns. */
    boolean grows();

    /** What is known of it before it learns. */
    StrategyTraits traits();

    /** What will surprise whoever chose it, though nothing is wrong with it. */
    Optional<String> surprise();

    /** What of its network will surprise on these tasks. */
    ImmutableList<Remark> surprises(TaskSequence sequence);

    /** What learning will take, without the memory of the data. */
    Forecast forecast(TaskSequence sequence, NetworkCost network);

    /**
     * A strategy, task after task.
     *
     * @param named what the user chose, by the number of tasks, on which some defaults depend
     * @param scenario of the tasks
     * @param setup of its network
     */
    record OfTasks(IntFunction<Strategy> named, Scenario scenario, Setup setup) implements Learner {
        /** Tasks of a sequence that is not loaded yet: any number will do for what is known beforehand. */
        private static final int SOME_TASKS = 2;

        /** What learns these tasks. */
        Strategy strategy(TaskSequence sequence) {
            return named.apply(sequence.tasks().size()).inScenario(scenario);
        }

        private Strategy learning() {
            return named.apply(SOME_TASKS).inScenario(scenario);
        }

        @Override
        public long seed() {
            return setup.seed();
        }

        @Override
        public ImmutableList<LayerShape> layers() {
            return setup.layers();
        }

        @Override
        public boolean grows() {
            return learning().grows();
        }

        @Override
        public String name() {
            return named.apply(SOME_TASKS).name();
        }

        @Override
        public StrategyTraits traits() {
            return learning().traits();
        }

        @Override
        public Optional<String> surprise() {
            return named.apply(SOME_TASKS).surprise(scenario);
        }

        @Override
        public ImmutableList<Remark> surprises(TaskSequence sequence) {
            return strategy(sequence).surprises(sequence, setup);
        }

        @Override
        public Forecast forecast(TaskSequence sequence, NetworkCost network) {
            return strategy(sequence).forecast(sequence, network, setup);
        }

        @Override
        public TrainingResult learn(TaskSequence sequence, TrainingListener listener) {
            return strategy(sequence).learn(sequence, setup, listener);
        }

        @Override
        public boolean keepsCheckpoints(TaskSequence sequence) {
            return strategy(sequence).keepsCheckpoints(sequence);
        }

        @Override
        public TrainingResult learn(TaskSequence sequence, TrainingListener listener, Checkpoints checkpoints) {
            return strategy(sequence).learn(sequence, setup, listener, checkpoints);
        }

        @Override
        public OfTasks asking(EarlierTasks tasks) {
            return new OfTasks(count -> named.apply(count).asking(tasks), scenario, setup);
        }

        @Override
        public TrainingSettings training() {
            return setup.training();
        }

        @Override
        public int threads() {
            return setup.threads();
        }
    }

    /** A classifier whose hidden units are binary neurons. */
    record OfOneTask(ClassifierTrainer trainer, long seed) implements Learner {
        @Override
        public ImmutableList<LayerShape> layers() {
            return ImmutableList.of(new FullyConnected(trainer.units()));
        }

        @Override
        public boolean grows() {
            return false;
        }

        @Override
        public String name() {
            return ContinualTrainer.STRATEGY;
        }

        @Override
        public Optional<String> surprise() {
            return Optional.empty();
        }

        @Override
        public ImmutableList<Remark> surprises(TaskSequence sequence) {
            return ImmutableList.of();
        }

        @Override
        public StrategyTraits traits() {
            return new StrategyTraits(
                    StrategyTraits.TrainedNetwork.PLAIN,
                    Curriculum.TASK_BY_TASK,
                    StrategyTraits.EarlierClasses.ANSWERED,
                    0,
                    Sets.immutableEnumSet(StrategyTraits.Setting.GATES, StrategyTraits.Setting.OPTIMIZER));
        }

        @Override
        public Forecast forecast(TaskSequence sequence, NetworkCost network) {
            return Forecast.ofTraining(
                    Phase.of(Curriculum.TASK_BY_TASK, sequence, trainer.training()),
                    sequence,
                    trainer.training(),
                    network,
                    OptionalLong.empty());
        }

        @Override
        public TrainingResult learn(TaskSequence sequence, TrainingListener listener) {
            return learn(sequence, listener, Checkpoints.NONE);
        }

        @Override
        public boolean keepsCheckpoints(TaskSequence sequence) {
            return true;
        }

        @Override
        public TrainingResult learn(TaskSequence sequence, TrainingListener listener, Checkpoints checkpoints) {
            return trainer.train(sequence, seed, listener, checkpoints);
        }

        @Override
        public TrainingSettings training() {
            return trainer.training();
        }

        @Override
        public int threads() {
            return trainer.threads();
        }
    }
}
