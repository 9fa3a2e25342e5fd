package sluice.framework.gates;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.gating.BudgetMultiplier;
import sluice.gating.GateEstimation;
import sluice.gating.GateModel;
import sluice.gating.Granularity;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.UnitSet;

/**
 * The gates of one layer while a task trains: logits, their estimation, and Adam for the logits. Towards the layer it
 * speaks of units; where these lie in groups, towards the estimation of groups.
 */
public final class GateTraining {
    private final GateSettings settings;
    private final GateModel model;
    private final double[] byUnit;
    private final UnitGroups groups;
    private final boolean grouped;
    private final double[] logits;
    private final UnitSet used;
    private final int[] unusedByGroup;
    private final int[] groupSizes;
    /** Units that stay closed; they neither learn nor have a penalty. */
    private final UnitSet closed;

    private final BudgetMultiplier budget;
    private final int layers;
    private final RandomGenerator noise;
    private final GateEstimation estimation;
    private final Probe[] probes;
    /** Per probe: its own arrays, or those that groups are spread over. */
    private final double[][] values;

    private final double[][] upstreams;
    private final double[] gradient;
    private final LogitAdam adam;
    private final boolean[] open;
    private double slope;

    /**
     * Gates that begin to learn.
     *
     * @param logits by unit; trained, and up to date after {@link #writeBack}
     * @param used units that a consolidated task uses
     * @param layers hidden layers of the network
     */
    public GateTraining(
            GateSettings settings, double[] logits, UnitSet used, int layers, int batchSize, RandomGenerator noise) {
        this.settings = settings;
        this.model = settings.model();
        this.byUnit = logits;
        this.grouped = settings.groups() > 1;
        this.groups = new UnitGroups(logits.length, grouped ? settings.groups() : logits.length);
        this.logits = grouped ? groups.logits(logits) : logits;
        this.used = used;
        this.unusedByGroup = groups.outside(used);
        this.groupSizes = groups.outside(UnitSet.none(logits.length));
        this.closed = settings.reuse().closed(used);
        this.budget = new BudgetMultiplier(settings.budget());
        this.layers = layers;
        this.noise = noise;
        this.estimation = settings.estimator().begin(settings.layout(logits.length, batchSize));
        this.probes = estimation.probes().toArray(Probe[]::new);
        int entries = settings.granularity().rows(batchSize) * logits.length;
        this.values = new double[probes.length][];
        this.upstreams = new double[probes.length][];
        for (int p = 0; p < probes.length; p++) {
            values[p] = grouped ? new double[entries] : probes[p].gates();
            upstreams[p] = grouped ? new double[entries] : probes[p].upstream();
        }
        this.gradient = new double[this.logits.length];
        this.adam = new LogitAdam(settings.learningRate(), this.logits.length);
        this.open = new boolean[logits.length];
        for (int unit : closed.toArray()) {
            logits[unit] =
                    model.clamp(Double.NEGATIVE_INFINITY, settings.slope().at(Progress.START), settings.logitLimit());
        }
    }

    /** What shares a sample. */
    public Granularity granularity() {
        return settings.granularity();
    }

    /** What a step runs, one after another; weights learn from one of them. */
    public List<Probe> probes() {
        return estimation.probes();
    }

    /** Positions of the probes in the order in which they are run. */
    public int[] evaluationOrder() {
        return estimation.evaluationOrder();
    }

    /** The gate values of a probe by unit: [units], or [batch, units]. */
    public double[] values(int probe) {
        return values[probe];
    }

    /** Where the gradient at the gates of a probe goes, shaped as {@link #values}. */
    public double[] upstream(int probe) {
        return upstreams[probe];
    }

    /** Draws the gates of a step. */
    public void draw(Progress progress, int batchSize) {
        slope = settings.slope().at(progress);
        estimation.draw(logits, slope, progress, batchSize, noise);
        Arrays.fill(open, false);
        for (int p = 0; p < probes.length; p++) {
            if (grouped) {
                groups.spread(probes[p], values[p]);
            }
            close(probes[p], values[p]);
            findOpenUnits(probes[p], values[p]);
        }
    }

    private void close(Probe probe, double[] gates) {
        if (closed.size() == 0) {
            return;
        }
        for (int row = 0, at = 0; row < probe.rows(); row++) {
            for (int i = 0; i < open.length; i++, at++) {
                gates[at] = closed.contains(i) ? 0 : gates[at];
            }
        }
    }

    private void findOpenUnits(Probe probe, double[] gates) {
        for (int row = 0, at = 0; row < probe.rows(); row++) {
            for (int i = 0; i < open.length; i++, at++) {
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
                    .formatted(settings.estimator().name(), gate, binary ? "gates are 0 or 1" : "gates are finite"));
        }
    }

    /** Units open in any row of any probe of the last draw. */
    public boolean[] open() {
        return open;
    }

    /** Tells the estimation what the loss of a probe was, per example and in the mean. */
    public void answer(int index, double meanLoss, double[] losses) {
        Probe probe = probes[index];
        if (probe.needsLoss()) {
            if (probe.rows() == 1) {
                probe.losses()[0] = meanLoss;
            } else {
                System.arraycopy(losses, 0, probe.losses(), 0, probe.rows());
            }
        }
    }

    /** Moves the logits, from the answers in the probes. */
    public void update(long step) {
        if (grouped) {
            for (int p = 0; p < probes.length; p++) {
                if (probes[p].needsUpstream()) {
                    groups.gather(upstreams[p], probes[p]);
                }
            }
        }
        estimation.gradient(gradient);
        penalty();
        adam.beginStep(step);
        for (int i = 0; i < logits.length; i++) {
            if (closed.size() > 0 && closed.contains(i)) {
                continue;
            }
            double slopeOfLoss = gradient[i] * settings.slope().compensation(slope, logits[i]);
            logits[i] = model.clamp(adam.moved(i, logits[i], slopeOfLoss), slope, settings.logitLimit());
        }
    }

    private void penalty() {
        if (grouped) {
            settings.sparsity().addGroupGradient(logits, slope, unusedByGroup, groupSizes, layers, gradient);
        } else {
            settings.sparsity().addGradient(logits, slope, model, used, layers, gradient);
        }
        if (settings.budget().limits()) {
            budget.addGradient(logits, slope, model, gradient);
        }
    }

    /** How far the budget was kept to, when the last logits moved. */
    public BudgetMultiplier budget() {
        return budget;
    }

    /** Writes the logits by unit. It may be called at any time, and training goes on. */
    public void writeBack() {
        if (grouped) {
            groups.writeMargins(logits, byUnit);
        }
    }
}
