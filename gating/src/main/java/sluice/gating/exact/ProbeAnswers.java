package sluice.gating.exact;

import java.util.Arrays;
import sluice.gating.Granularity;
import sluice.gating.Probe;

/**
 * Answers probes as training would, with a loss in place of the network. What a probe does not ask for becomes NaN, so
 * that an estimator that reads it all the same is found out. Configurations of few gates are looked up in a table;
 * other gate values are computed. Allocates nothing after construction; not thread-safe.
 */
public final class ProbeAnswers {
    private static final int MOST_TABULATED_GATES = 12;

    private final GatedLoss loss;
    private final Granularity granularity;
    private final double[] gates;
    private final double[] gradient;
    private final double[][] losses;
    private final double[][] gradients;

    /**
     * Answers by a loss.
     *
     * @param loss in place of the network
     * @param granularity whether a probe has one gate sample for all examples, or one for each
     */
    public ProbeAnswers(GatedLoss loss, Granularity granularity) {
        this.loss = loss;
        this.granularity = granularity;
        this.gates = new double[loss.units()];
        this.gradient = new double[loss.units()];
        boolean tabulated = loss.units() <= MOST_TABULATED_GATES;
        int rows = granularity.rows(loss.examples());
        int configurations = tabulated ? 1 << loss.units() : 0;
        this.losses = new double[rows][configurations];
        this.gradients = new double[rows][configurations * loss.units()];
        for (int row = 0; row < rows; row++) {
            for (int code = 0; code < configurations; code++) {
                Enumeration.configure(code, 1, gates);
                losses[row][code] = computedLoss(row);
                computeGradient(row);
                System.arraycopy(gradient, 0, gradients[row], code * gates.length, gates.length);
            }
        }
    }

    private double computedLoss(int row) {
        return granularity == Granularity.MINI_BATCH ? loss.loss(gates) : loss.loss(row, gates);
    }

    private void computeGradient(int row) {
        Arrays.fill(gradient, 0);
        if (granularity == Granularity.MINI_BATCH) {
            loss.addGradient(gates, gradient);
        } else {
            loss.addGradient(row, gates, 1.0 / loss.examples(), gradient);
        }
    }

    /**
     * Answers a probe.
     *
     * @param probe with gates drawn; gets its losses and upstream gradients
     */
    public void answer(Probe probe) {
        for (int row = 0; row < probe.rows(); row++) {
            System.arraycopy(probe.gates(), row * gates.length, gates, 0, gates.length);
            int code = code(losses[row].length);
            probe.losses()[row] = !probe.needsLoss() ? Double.NaN : code < 0 ? computedLoss(row) : losses[row][code];
            if (probe.needsUpstream()) {
                answerUpstream(probe, row, code);
            }
        }
    }

    private void answerUpstream(Probe probe, int row, int code) {
        double[] from = gradient;
        int offset = 0;
        if (code < 0) {
            computeGradient(row);
        } else {
            from = gradients[row];
            offset = code * gates.length;
        }
        for (int i = 0; i < gates.length; i++) {
            boolean answered = probe.needsClosedUpstream() || gates[i] != 0;
            probe.upstream()[row * gates.length + i] = answered ? from[offset + i] : Double.NaN;
        }
    }

    /** The number of the gates' configuration, or -1 if it is not in the table. */
    private int code(int configurations) {
        if (configurations == 0) {
            return -1;
        }
        int code = 0;
        for (double gate : gates) {
            if (gate != 0 && gate != 1) {
                return -1;
            }
            code = 2 * code + (int) gate;
        }
        return code;
    }
}
