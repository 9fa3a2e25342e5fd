package sluice.framework.gates;

import java.util.List;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.internal.state.State;
import sluice.gating.BudgetMultiplier;
import sluice.gating.Granularity;
import sluice.gating.Probe;
import sluice.gating.Progress;

/** The gates of one layer while a task trains, as the training step sees them: by unit, whatever decides on them. */
public interface LayerGates {
    /** What shares a sample. */
    Granularity granularity();

    /** What a step runs, one after another; weights learn from one of them. */
    List<Probe> probes();

    /** Positions of the probes in the order in which they are run. */
    int[] evaluationOrder();

    /** The gate values of a probe by unit: [units], or [batch, units]. */
    double[] values(int probe);

    /** Where the gradient at the gates of a probe goes, shaped as {@link #values}. */
    double[] upstream(int probe);

    /** Draws the gates of a step. */
    void draw(Progress progress, int batchSize);

    /** Units open in any row of any probe of the last draw. */
    boolean[] open();

    /** Tells the estimation what the loss of a probe was, per example and in the mean. */
    void answer(int index, double meanLoss, double[] losses);

    /**
     * Moves what gates hang on, from the answers in the probes.
     *
     * @param step counted from 1
     * @param factor on the learning rate of weights
     */
    void update(long step, double factor);

    /** How far the budget was kept to, when gates last moved. */
    BudgetMultiplier budget();

    /** Multiply-adds per example of a step that decides on them and learns to. */
    default MultiplyAdds work() {
        return MultiplyAdds.NONE;
    }

    /** Writes the logits by unit, above 0 where a task would use the unit. It may be called at any time, and training goes on. */
    void writeBack();

    /** Tells what gates hang on, between steps. */
    void state(State state);

    /** Frees what it holds outside the heap. */
    default void close() {}
}
