package sluice.framework.experiment;

import com.google.common.collect.Sets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import sluice.framework.ContinualTrainer;
import sluice.framework.binary.ClassifierTrainer;
import sluice.framework.network.NetworkCost;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.strategy.Forecast;
import sluice.framework.strategy.Phase;
import sluice.framework.strategy.PlainStrategy;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategy;
import sluice.framework.strategy.StrategyTraits;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.TaskSequenceScript;

/** What learns a script's tasks, and how. */
sealed interface Learner {
    /** Teaches a new network. */
    TrainingResult learn(TaskSequenceScript script, TaskSequence sequence, TrainingListener listener);

    /** How each task is trained. */
    TrainingSettings training();

    /** Threads that share a step. */
    int threads();

    /** What the user calls it. */
    String name();

    /** What is known of it before it learns. */
    StrategyTraits traits();

    /** What will surprise whoever chose it, though nothing is wrong with it. */
    Optional<String> surprise();

    /** What learning will take, without the memory of the data. */
    Forecast forecast(TaskSequence sequence, NetworkCost network);

    /** Says in a model where it comes from. */
    static TrainingResult annotated(TrainingResult result, TaskSequenceScript script) {
        return result.annotated("sluice", SluiceVersion.get()).annotated("settings", RunFiles.json(script.settings()));
    }

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

        @Override
        public String name() {
            return named.apply(SOME_TASKS).name();
        }

        @Override
        public StrategyTraits traits() {
            return named.apply(SOME_TASKS).inScenario(scenario).traits();
        }

        @Override
        public Optional<String> surprise() {
            return named.apply(SOME_TASKS).surprise(scenario);
        }

        @Override
        public Forecast forecast(TaskSequence sequence, NetworkCost network) {
            return strategy(sequence).forecast(sequence, network, setup);
        }

        @Override
        public TrainingResult learn(TaskSequenceScript script, TaskSequence sequence, TrainingListener listener) {
            return annotated(strategy(sequence).learn(sequence, setup, listener), script);
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
    record OfOneTask(ClassifierTrainer trainer) implements Learner {
        @Override
        public String name() {
            return ContinualTrainer.STRATEGY;
        }

        @Override
        public Optional<String> surprise() {
            return Optional.empty();
        }

        @Override
        public StrategyTraits traits() {
            return new StrategyTraits(
                    StrategyTraits.TrainedNetwork.PLAIN,
                    PlainStrategy.Curriculum.TASK_BY_TASK,
                    StrategyTraits.EarlierClasses.ANSWERED,
                    0,
                    Sets.immutableEnumSet(StrategyTraits.Setting.GATES, StrategyTraits.Setting.OPTIMIZER));
        }

        @Override
        public Forecast forecast(TaskSequence sequence, NetworkCost network) {
            return Forecast.ofTraining(
                    Phase.of(PlainStrategy.Curriculum.TASK_BY_TASK, sequence, trainer.training()),
                    sequence,
                    trainer.training(),
                    network,
                    OptionalLong.empty());
        }

        @Override
        public TrainingResult learn(TaskSequenceScript script, TaskSequence sequence, TrainingListener listener) {
            return trainer.train(sequence, script.seed(), listener);
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
