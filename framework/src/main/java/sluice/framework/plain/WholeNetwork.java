package sluice.framework.plain;

import sluice.framework.internal.state.State;

/** All of the network serves every task. */
public record WholeNetwork() implements Answering {
    static final String WORD = "whole";

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public float[] scores(PlainNetwork network, Batch batch, int task) {
        return network.forward(batch);
    }

    @Override
    public void state(State state) {}
}
