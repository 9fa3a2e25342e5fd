package sluice.framework.experiment;

import java.util.Optional;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.strategy.PlainStrategy;
import sluice.framework.strategy.Strategy;
import sluice.framework.strategy.StrategyTraits;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.TaskSequenceScript;

/**
 * What a run does.
 *
 * @param script what was written
 * @param learner what learns its tasks
 */
record RunPlan(TaskSequenceScript script, Learner learner) {
    static RunPlan of(TaskSequenceScript script) {
        return new RunPlan(script, ScriptMapping.of(script));
    }

    /** Whether a network is trained: sums over random features are taken in one pass. */
    boolean trains() {
        return traits().network() != StrategyTraits.TrainedNetwork.NONE;
    }

    /** What is known of the learner before it learns. */
    StrategyTraits traits() {
        return learner.traits();
    }

    boolean takes(StrategyTraits.Setting setting) {
        return traits().takes(setting);
    }

    /** Whether one network learns all tasks together. */
    boolean joint() {
        return traits().curriculum() == PlainStrategy.Curriculum.JOINT;
    }

    /** How each task is trained. */
    TrainingSettings training() {
        return learner.training();
    }

    /** What learns these tasks, if it is a strategy. */
    Optional<Strategy> strategy(TaskSequence sequence) {
        return learner instanceof Learner.OfTasks ofTasks ? Optional.of(ofTasks.strategy(sequence)) : Optional.empty();
    }
}
