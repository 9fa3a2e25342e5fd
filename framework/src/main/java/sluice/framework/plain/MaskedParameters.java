package sluice.framework.plain;

import sluice.framework.internal.state.OutputRows;
import sluice.framework.internal.state.State;

/**
 * Each task has a mask over parameters that nobody moves: 0 is in the place of those that it leaves out.
 *
 * @param masks per task, a bit per parameter; not copied
 */
public record MaskedParameters(long[][] masks) implements Answering {
    static final String WORD = "masked-parameters";

    static MaskedParameters blank(long parameters, int tasks) {
        return new MaskedParameters(new long[tasks][words(parameters)]);
    }

    /**
     * {@return numbers that a mask takes}
     *
     * @param parameters of the network
     */
    public static int words(long parameters) {
        return Math.toIntExact((parameters + Long.SIZE - 1) / Long.SIZE);
    }

    /**
     * Tells masks to a checkpoint, or takes those that it has: of a network that was widened since, fewer tasks may be there.
     *
     * @param state keeps them, or gives what was kept
     * @param form of the network's parameters
     */
    public void tell(State state, OutputRows form) {
        for (int t = 0; t < masks.length; t++) {
            if (state.has("mask-" + (t + 1))) {
                state.bits("mask-" + (t + 1), masks[t], form);
            }
        }
    }

    /** {@return bytes that all masks take} */
    public long bytes() {
        return (long) Long.BYTES * masks.length * masks[0].length;
    }

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public void show(PlainNetwork network, float[] parameters, int task) {
        network.write(own -> {
            for (int i = 0; i < own.length; i++) {
                own[i] = (masks[task][i / Long.SIZE] >>> i & 1) == 1 ? parameters[i] : 0;
            }
        });
    }

    @Override
    public float[] scores(PlainNetwork network, Batch batch, int task) {
        return network.forward(batch);
    }

    @Override
    public void state(State state) {
        for (int t = 0; t < masks.length; t++) {
            state.longs("mask-" + (t + 1), masks[t]);
        }
    }
}
