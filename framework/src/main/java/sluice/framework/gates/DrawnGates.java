package sluice.framework.gates;

import java.util.Arrays;
import sluice.gating.Probe;
import sluice.gating.UnitSet;

/** Which units of a layer any row of any probe of a draw opens. */
final class DrawnGates {
    private final String estimator;
    /** Units that stay closed. */
    private final UnitSet closed;

    private final boolean[] open;

    DrawnGates(String estimator, UnitSet closed) {
        this.estimator = estimator;
        this.closed = closed;
        this.open = new boolean[closed.universe()];
    }

    boolean[] open() {
        return open;
    }

    void clear() {
        Arrays.fill(open, false);
    }

    /** Takes up what a probe drew, after it has closed what stays closed. */
    void take(Probe probe, double[] gates) {
        for (int row = 0, at = 0; row < probe.rows(); row++) {
            for (int i = 0; i < open.length; i++, at++) {
                if (closed.size() > 0 && closed.contains(i)) {
                    gates[at] = 0;
                }
                open[i] |= gates[at] != 0;
                check(probe, gates[at]);
            }
        }
    }

    /** A binary open gate is passed on as it is: anything but 0 and 1 would be taken for 1. */
    private void check(Probe probe, double gate) {
        boolean binary = probe.values() == Probe.Values.BINARY;
        if (binary ? gate != 0 && gate != 1 : !Double.isFinite(gate)) {
            throw new IllegalArgumentException("estimator %s drew a gate of %s where %s"
                    .formatted(estimator, gate, binary ? "gates are 0 or 1" : "gates are finite"));
        }
    }

    /** Tells a probe what the loss was, per example and in the mean. */
    static void answer(Probe probe, double meanLoss, double[] losses) {
        if (!probe.needsLoss()) {
            return;
        }
        if (probe.rows() == 1) {
            probe.losses()[0] = meanLoss;
        } else {
            System.arraycopy(losses, 0, probe.losses(), 0, probe.rows());
        }
    }
}
