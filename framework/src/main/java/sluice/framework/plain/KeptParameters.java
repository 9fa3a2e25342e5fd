package sluice.framework.plain;

import sluice.framework.internal.state.State;

/**
 * Each parameter is kept by a task, and serves that one and those after it; for tasks before it, 0 is in its place.
 *
 * @param keepers per parameter, its task, from 0; not copied
 */
public record KeptParameters(int[] keepers) implements Answering {
    static final String WORD = "kept-parameters";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public void show(PlainNetwork network, float[] parameters, int task) {
        network.write(own -> {
            for (int i = 0; i < own.length; i++) {
                own[i] = keepers[i] > task ? 0 : parameters[i];
            }
        });
    }

    @Override
    public float[] scores(PlainNetwork network, Batch batch, int task) {
        return network.forward(batch);
    }

    @Override
    public void state(State state) {
        state.ints("keepers", keepers);
    }
}
