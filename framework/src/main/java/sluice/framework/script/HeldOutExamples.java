package sluice.framework.script;

import java.util.SplittableRandom;
import sluice.framework.internal.loop.HeldOut;
import sluice.framework.strategy.StrategyTraits;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.TaskSequenceScript;

/** Whether a script's tasks have enough training examples for those that it holds out. */
record HeldOutExamples(TaskSequenceScript script) {
    /** The tasks by which settings are chosen. */
    TaskSequence selected(Selection selection, TaskSequence sequence) {
        try {
            return selection.of(sequence);
        } catch (IllegalArgumentException tooFew) {
            throw script.error("selection.held_out", tooFew.getMessage());
        }
    }

    /** Holds examples out as training would, once it has begun. */
    void check(ExperimentScript.Learning learning, TaskSequence sequence) {
        boolean holdsOut = learning instanceof ExperimentScript.Learning.ByStrategy chosen
                && chosen.strategy()
                        .apply(sequence.tasks().size())
                        .inScenario(sequence.scenario())
                        .traits()
                        .takes(StrategyTraits.Setting.VALIDATION);
        learning.training().validation().filter(any -> holdsOut).ifPresent(held -> {
            try {
                HeldOut.of(sequence, held.share(), 0, task -> new SplittableRandom(0));
            } catch (IllegalArgumentException tooFew) {
                throw script.error("training.validation", tooFew.getMessage());
            }
        });
    }
}
