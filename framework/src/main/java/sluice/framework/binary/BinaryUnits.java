package sluice.framework.binary;

import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.state.State;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.Schedule;

/**
 * The units of the hidden layer between their logits {@code a = W x + b}, one per unit and example, and the layer above:
 * drawn once a step, read probe by probe, and asked at the end for the gradient at the logits.
 */
final class BinaryUnits implements AutoCloseable {
    private final int units;
    private final Schedule slope;
    private final GateEstimation estimation;
    private final RandomGenerator noise;
    private final int[] probes;
    private final double[] logits;
    private final double[] gradient;
    private final NativeMatrix values;
    private final NativeMatrix dValues;
    private double slopeNow;

    BinaryUnits(GradientEstimator estimator, GateLayout layout, Schedule slope, RandomGenerator noise) {
        this.units = layout.units();
        this.slope = slope;
        this.estimation = estimator.begin(layout);
        this.noise = noise;
        this.probes = estimation.evaluationOrder();
        this.logits = new double[layout.maxLogits()];
        this.gradient = new double[layout.maxLogits()];
        this.values = NativeMatrix.allocate(layout.batchSize(), units);
        this.dValues = NativeMatrix.allocate(layout.batchSize(), units);
    }

    /** Probes in the order in which they are to be run. */
    int[] probes() {
        return probes;
    }

    boolean needsUpstream(int probe) {
        return estimation.probes().get(probe).needsUpstream();
    }

    /** The values of the probe read last [batch, units]. */
    NativeMatrix values() {
        return values;
    }

    /** Where the gradient at {@link #values} is wanted [batch, units]. */
    NativeMatrix valueGradient() {
        return dValues;
    }

    /** Takes the logits of this lane's units from {@code W x} [units, batch]. */
    void receive(Lane lane, NativeMatrix products, float[] biases, int batch) {
        for (int unit = lane.first(0, units); unit < lane.end(0, units); unit++) {
            float[] row = lane.rows().read(products, unit, 0, batch);
            for (int e = 0, at = unit; e < batch; e++, at += units) {
                logits[at] = row[e] + biases[unit];
            }
        }
    }

    /** Draws what the step's probes hold. */
    void draw(Progress progress, int batch) {
        slopeNow = slope.at(progress);
        estimation.draw(logits, slopeNow, progress, batch, noise);
    }

    /** Fills {@link #values} from a probe. */
    void read(Lane lane, int probe, int batch) {
        double[] gates = estimation.probes().get(probe).gates();
        float[] row = lane.rows().row(units);
        for (int e = 0, at = 0; e < batch; e++) {
            for (int unit = 0; unit < units; unit++, at++) {
                row[unit] = (float) gates[at];
            }
            lane.rows().write(values, e, 0, units);
        }
    }

    /** Tells the estimation the loss of each example under a probe. */
    void answer(int index, double[] losses, int batch) {
        Probe probe = estimation.probes().get(index);
        if (probe.needsLoss()) {
            System.arraycopy(losses, 0, probe.losses(), 0, batch);
        }
    }

    /** Tells the estimation what {@link #valueGradient} holds. */
    void answerUpstream(Lane lane, int index, int batch) {
        double[] upstream = estimation.probes().get(index).upstream();
        for (int e = 0, at = 0; e < batch; e++) {
            float[] row = lane.rows().read(dValues, e, 0, units);
            for (int unit = 0; unit < units; unit++, at++) {
                upstream[at] = row[unit];
            }
        }
    }

    /**
     * The gradient at the logits, from the answers of all probes.
     *
     * @param into [units, batch], overwritten
     * @param dBiases [units], overwritten with its sum over the batch
     */
    void gradient(Lane lane, NativeMatrix into, float[] dBiases, int batch) {
        estimation.gradient(gradient);
        float[] row = lane.rows().row(batch);
        for (int unit = 0; unit < units; unit++) {
            double sum = 0;
            for (int e = 0, at = unit; e < batch; e++, at += units) {
                double d = gradient[at] * slope.compensation(slopeNow, logits[at]);
                row[e] = (float) d;
                sum += d;
            }
            dBiases[unit] = (float) sum;
            lane.rows().write(into, unit, 0, batch);
        }
    }

    /** Tells all that draws and gradients go on from, between two steps. */
    void state(State state) {
        estimation.state(state.part("estimation"));
        state.random("noise", noise);
    }

    @Override
    public void close() {
        values.close();
        dValues.close();
    }
}
