package sluice.framework.experiment;

import sluice.framework.ClassifierTrainer;
import sluice.framework.ContinualTrainer;
import sluice.framework.GatedNetwork;
import sluice.framework.TrainingListener;
import sluice.framework.TrainingResult;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.TaskSequenceScript;

/** What learns a script's tasks, and how. */
sealed interface Learner {
    /** Teaches a new network. */
    TrainingResult learn(TaskSequenceScript script, TaskSequence sequence, TrainingListener listener);

    /** Threads that share a step. */
    int threads();

    /** A gated network, task after task. */
    record OfTasks(ContinualTrainer trainer) implements Learner {
        @Override
        public TrainingResult learn(TaskSequenceScript script, TaskSequence sequence, TrainingListener listener) {
            GatedNetwork network = GatedNetwork.create(
                    sequence.features(), script.network().hidden(), sequence.normalisation(), script.seed());
            network.annotate("sluice", SluiceVersion.get());
            network.annotate("settings", RunFiles.json(script.settings()));
            return trainer.train(network, sequence, listener);
        }

        @Override
        public int threads() {
            return trainer.threads();
        }
    }

    /** A classifier whose hidden units are binary neurons. */
    record OfOneTask(ClassifierTrainer trainer) implements Learner {
        @Override
        public TrainingResult learn(TaskSequenceScript script, TaskSequence sequence, TrainingListener listener) {
            return trainer.train(sequence, script.seed(), listener);
        }

        @Override
        public int threads() {
            return trainer.threads();
        }
    }
}
