package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.ParameterUpdate;

/** A hidden layer of a part in training. Owns the buffers of its step. */
interface PartLayer extends AutoCloseable {
    /** What its units put out, and the gradient there. */
    Units units();

    /**
     * From what is below to {@link #units}.
     *
     * @param random noise, where there is some
     * @param counts whether running statistics take notice of the rows
     */
    void forward(Lane lane, Units below, int rows, RandomGenerator random, boolean counts);

    /** Forgets the gradient at {@link #units}. */
    void clearGradients(int rows);

    /** From the gradient at {@link #units} to that of the parameters, and, if there is one, to that below, to which it is added. */
    void backward(Lane lane, Units below, int rows);

    /** Moves what learns. */
    void move(Lane lane, ParameterUpdate update);

    /** What the trained layer is: the affine maps of its gater, if it has one, its own, and the gater's threshold. */
    ImmutableList<float[]> folded();

    /** Tells all that it goes on from, between two steps. */
    void state(State state);

    @Override
    void close();
}
