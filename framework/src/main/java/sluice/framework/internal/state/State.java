package sluice.framework.internal.state;

import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStream;
import sluice.gating.RunningState;

/**
 * State of a training that is kept in a checkpoint, or taken up again from one: whatever has some tells all of it, in one method that
 * serves both. Arrays and matrices are read from, or written to, in place; of a number or text that is told, what it is from now on is
 * returned. Names stand in checkpoints: one that has been there stays.
 */
public interface State extends RunningState {
    @Override
    State part(String name);

    /** Tells an array. */
    void floats(String name, float[] values);

    /** Tells an array. */
    void ints(String name, int[] values);

    /** Tells an array. */
    void longs(String name, long[] values);

    /** Tells an array of such a form. */
    default void floats(String name, float[] values, OutputRows form) {
        floats(name, values);
    }

    /** Tells an array of such a form. */
    default void ints(String name, int[] values, OutputRows form) {
        ints(name, values);
    }

    /** Tells an array of such a form. */
    default void longs(String name, long[] values, OutputRows form) {
        longs(name, values);
    }

    /** Tells bits, of each number the lowest first, that have such a form. */
    default void bits(String name, long[] values, OutputRows form) {
        longs(name, values);
    }

    /** Whether something of that name is there; of what is taken up after it grew, the new is not. */
    default boolean has(String name) {
        return true;
    }

    /** Tells all of a matrix. */
    void matrix(String name, NativeMatrix values);

    /** Tells all of a matrix that lies on the heap, rows of the same length. */
    void matrix(String name, float[][] values);

    /** Tells a number; returns what it is from now on. */
    int count(String name, int value);

    /** Tells a number; returns what it is from now on. */
    long count(String name, long value);

    /** Tells a text; returns what it is from now on. */
    String text(String name, String value);

    /** Tells bytes whose number nobody knows beforehand, and which nobody changes afterwards; returns what they are from now on. */
    byte[] bytes(String name, byte[] value);

    /** Whether state is taken up, and not kept. */
    boolean restores();

    /** Tells how far a stream of random numbers is. */
    default void random(String name, RandomGenerator stream) {
        if (!(stream instanceof RandomStream own)) {
            throw new IllegalStateException("random numbers of %s cannot be kept".formatted(stream.getClass()));
        }
        own.position(count(name, own.position()));
    }
}
