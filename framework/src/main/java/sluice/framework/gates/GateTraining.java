package sluice.framework.gates;

import java.util.List;
import java.util.random.RandomGenerator;
import sluice.framework.internal.state.State;
import sluice.gating.BudgetMultiplier;
import sluice.gating.GateEstimation;
import sluice.gating.GateModel;
import sluice.gating.Granularity;
import sluice.gating.HeldNoise;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.UnitSet;

/**
 * The gates of one layer while a task trains: logits, their estimation, and Adam for the logits. Towards the layer it
 * speaks of units; where these lie in groups, towards the estimation of groups.
 */
public final class GateTraining implements LayerGates {
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
    private final HeldNoise held;
    private final GateEstimation estimation;
    private final Probe[] probes;
    /** Per probe: its own arrays, or those that groups are spread over. */
    private final double[][] values;

    private final double[][] upstreams;
    private final double[] gradient;
    private final LogitAdam adam;
    private final DrawnGates drawn;
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
        this.held = new HeldNoise(noise, settings.hold());
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
        this.drawn = new DrawnGates(settings.estimator().name(), closed);
        for (int unit : closed.toArray()) {
            logits[unit] =
                    model.clamp(Double.NEGATIVE_INFINITY, settings.slope().at(Progress.START), settings.logitLimit());
        }
    }

    @Override
    public Granularity granularity() {
        return settings.granularity();
    }

    @Override
    public List<Probe> probes() {
        return estimation.probes();
    }

    @Override
    public int[] evaluationOrder() {
        return estimation.evaluationOrder();
    }

    @Override
    public double[] values(int probe) {
        return values[probe];
    }

    @Override
    public double[] upstream(int probe) {
        return upstreams[probe];
    }

    @Override
    public void draw(Progress progress, int batchSize) {
        slope = settings.slope().at(progress);
        held.beginStep();
        estimation.draw(logits, slope, progress, batchSize, held);
        drawn.clear();
        for (int p = 0; p < probes.length; p++) {
            if (grouped) {
                groups.spread(probes[p], values[p]);
            }
            drawn.take(probes[p], values[p]);
        }
    }

    @Override
    public boolean[] open() {
        return drawn.open();
    }

    @Override
    public void answer(int index, double meanLoss, double[] losses) {
        DrawnGates.answer(probes[index], meanLoss, losses);
    }

    /** Moves the logits, from the answers in the probes, by a learning rate of their own. */
    @Override
    public void update(long step, double factor) {
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

    @Override
    public void state(State state) {
        state.doubles("logits", logits);
        adam.state(state.part("adam"));
        estimation.state(state.part("estimation"));
        budget.state(state.part("budget"));
        state.random("noise", noise);
        if (settings.hold() > 1) {
            holdState(state.part("held"));
        }
    }

    private void holdState(State state) {
        long[] numbers = held.held();
        long[] told = new long[state.count("numbers", numbers.length)];
        System.arraycopy(numbers, 0, told, 0, Math.min(numbers.length, told.length));
        state.longs("values", told);
        held.restore(told, state.count("phase", held.phase()));
    }

    /** How far the budget was kept to, when the last logits moved. */
    @Override
    public BudgetMultiplier budget() {
        return budget;
    }

    /** Writes the logits by unit. It may be called at any time, and training goes on. */
    @Override
    public void writeBack() {
        if (grouped) {
            groups.writeMargins(logits, byUnit);
        }
    }
}
