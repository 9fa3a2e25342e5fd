package sluice.framework.plain;

import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkShape;

/**
 * Each task has a gate for every hidden unit.
 *
 * @param gates per task and hidden layer, what each unit is multiplied by; not copied
 */
public record UnitGates(float[][][] gates) implements Answering {
    static final String WORD = "unit-gates";

    static UnitGates blank(NetworkShape shape, int tasks) {
        float[][][] gates = new float[tasks][shape.layers().size()][];
        for (float[][] ofTask : gates) {
            for (int l = 0; l < ofTask.length; l++) {
                ofTask[l] = new float[shape.layers().get(l).units()];
            }
        }
        return new UnitGates(gates);
    }

    @Override
    public String word() {
        return WORD;
    }

    @Override
    public float[] scores(PlainNetwork network, Batch batch, int task) {
        return network.forward(batch, gates[task]);
    }

    @Override
    public void state(State state) {
        for (int t = 0; t < gates.length; t++) {
            for (int l = 0; l < gates[t].length; l++) {
                state.floats("gates-%d-%d".formatted(t + 1, l + 1), gates[t][l]);
            }
        }
    }
}
