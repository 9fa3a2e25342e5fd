package sluice.framework.strategy;

import sluice.framework.plain.PlainNetwork;

/** A network's parameters as they were, to go back to. */
final class Parameters {
    private final PlainNetwork network;
    private final float[] kept;

    Parameters(PlainNetwork network) {
        this.network = network;
        this.kept = network.parameters().clone();
    }

    void restore() {
        network.write(parameters -> System.arraycopy(kept, 0, parameters, 0, kept.length));
    }
}
