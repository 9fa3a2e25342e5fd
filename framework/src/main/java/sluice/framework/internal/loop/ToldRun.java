package sluice.framework.internal.loop;

import java.util.function.IntConsumer;
import sluice.framework.internal.kernel.Lanes;

/** A run of a model that is told the task, for another that looks on and answers where nobody tells it. */
public interface ToldRun extends SequenceRun {
    /** {@return what shares out the work} */
    Lanes lanes();

    /**
     * Sets what is done when the steps of a task are done, as a part of its training.
     *
     * @param done takes the place of the task in the sequence, from 0
     */
    void whenLearned(IntConsumer done);
}
