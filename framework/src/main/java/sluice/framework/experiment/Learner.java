package sluice.framework.experiment;

import java.util.function.Function;
import sluice.framework.binary.ClassifierTrainer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategy;
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

    /** Says in a model where it comes from. */
    static TrainingResult annotated(TrainingResult result, TaskSequenceScript script) {
        return result.annotated("sluice", SluiceVersion.get()).annotated("settings", RunFiles.json(script.settings()));
    }

    /** A strategy, task after task; defaults that depend on the sequence wait for it. */
    record OfTasks(Function<TaskSequence, Strategy> strategy, Setup setup) implements Learner {
        @Override
        public TrainingResult learn(TaskSequenceScript script, TaskSequence sequence, TrainingListener listener) {
            return annotated(strategy.apply(sequence).learn(sequence, setup, listener), script);
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
