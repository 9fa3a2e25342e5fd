package sluice.framework.strategy;

import java.util.Optional;
import java.util.OptionalLong;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.network.NetworkCost;
import sluice.framework.result.TrainingListener;
import sluice.framework.result.TrainingResult;
import sluice.tasks.TaskSequence;

/** A strategy that trains one plain network, step by step. A new one is a name and a {@link TaskLearner}. */
public interface PlainStrategy extends Strategy {
    /** {@return which examples it is trained on} */
    default Curriculum curriculum() {
        return Curriculum.TASK_BY_TASK;
    }

    @Override
    default StrategyTraits traits() {
        return StrategyTraits.DEFAULT.with(curriculum());
    }

    /**
     * {@return so many, 0 unless the strategy says otherwise}
     *
     * @param replayed of a mini-batch of so many, how many examples a step may add to it
     */
    default int extraRows(int replayed) {
        return 0;
    }

    /** Those of any mini-batch, as tasks may be learned together, and what is stored. */
    @Override
    default long stepExamples(TaskSequence sequence, int batchSize) {
        return (long) batchSize + extraRows(batchSize);
    }

    /** Where numbers are predicted, each stored example has one. */
    @Override
    default OptionalLong memoryBytes(NetworkCost network, TaskSequence sequence) {
        OptionalLong ofClasses = memoryBytes(network, sequence.tasks().size());
        return ofClasses.isPresent() && sequence.isRegression()
                ? OptionalLong.of(ofClasses.getAsLong() + (long) Float.BYTES * traits().storedExamples())
                : ofClasses;
    }

    /**
     * {@return whether another run can go on from what it remembers; unless it says otherwise, where it looks at examples of a task only
     * while that is learned}
     */
    default boolean learnsOn() {
        return curriculum() == Curriculum.TASK_BY_TASK;
    }

    /** {@return whether what another run goes on from is there in the end anyway, and need not be learned for it} */
    default boolean keepsLearnerUnasked() {
        return true;
    }

    /**
     * {@return a fresh learner}
     *
     * @param training network, loss, optimiser and outputs of one training
     */
    TaskLearner begin(PlainTraining training);

    @Override
    default TrainingResult learn(TaskSequence sequence, Setup setup, TrainingListener listener) {
        return learn(sequence, setup, listener, Checkpoints.NONE);
    }

    /** Those whose learner does, which none is asked before it is there, keep checkpoints; others begin anew. */
    @Override
    default boolean keepsCheckpoints(TaskSequence sequence) {
        return true;
    }

    @Override
    default TrainingResult learn(
            TaskSequence sequence, Setup setup, TrainingListener listener, Checkpoints checkpoints) {
        return PlainRun.train(this, sequence, setup, Optional.empty(), listener, checkpoints);
    }
}
