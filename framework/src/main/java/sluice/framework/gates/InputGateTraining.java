package sluice.framework.gates;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.conditional.Gater;
import sluice.framework.conditional.GaterPenalty;
import sluice.framework.conditional.TaskGaters;
import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.dense.DenseStack;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.gating.BudgetMultiplier;
import sluice.gating.GateEstimation;
import sluice.gating.Granularity;
import sluice.gating.OpenBudget;
import sluice.gating.Probe;
import sluice.gating.Progress;
import sluice.gating.UnitSet;

/** The gates of one layer that hang on the example, while a task trains: a gater, the estimation of its gates, and its optimiser. */
public final class InputGateTraining implements LayerGates {
    /** Of units that stay closed. */
    private static final double CLOSED = -20;

    private final LookedAt looked;
    private final double[] byUnit;
    private final UnitSet closed;
    private final Gater form;
    private final ImmutableList<Integer> sizes;
    private final DenseStack gater;
    private final GateEstimation estimation;
    private final GaterPenalty penalty;
    private final ParameterUpdate update;
    private final RandomGenerator noise;
    private final Probe[] probes;
    private final double[] chosen;
    private final DrawnGates drawn;
    private final BudgetMultiplier none = new BudgetMultiplier(OpenBudget.NONE);
    private final Lane lane = new Lane();
    private final NativeMatrix seen;
    private final Columns columns;
    private final double[] logits;
    private final double[] gradient;
    private final float[] raw;
    private final float[] row;
    private int rows;
    private long updates;
    /** The number of updates that threshold and logits by unit are of. */
    private long settled = -1;

    private float threshold;

    /**
     * Gates that begin to learn.
     *
     * @param settings with a gater
     * @param looked what it looks at
     * @param logits by unit: where the gater's own begin, and what {@link #writeBack} writes
     * @param used units that a consolidated task uses
     * @param batchSize largest mini-batch
     * @param optimizer of the gater
     * @param noise of its initial weights, then of gates
     */
    public InputGateTraining(
            GateSettings settings,
            LookedAt looked,
            double[] logits,
            UnitSet used,
            int batchSize,
            Optimizer optimizer,
            RandomGenerator noise) {
        this.looked = looked;
        this.byUnit = logits;
        this.closed = settings.reuse().closed(used);
        this.form = settings.gater().orElseThrow().of(logits.length, settings.estimator());
        this.update = optimizer.begin();
        this.sizes = ImmutableList.<Integer>builder()
                .add(looked.features())
                .addAll(form.hidden())
                .add(logits.length)
                .build();
        this.gater = new DenseStack(sizes, batchSize, update.moments(), noise);
        for (int i = 0; i < logits.length; i++) {
            gater.last().biases()[i] = (float) (form.startingLogit() + logits[i] - settings.logitMean());
        }
        this.noise = noise;
        this.estimation = form.begin(batchSize);
        this.penalty = GaterPenalty.of(form, batchSize);
        this.probes = estimation.probes().toArray(Probe[]::new);
        this.chosen = Arrays.stream(probes)
                .filter(Probe::trainsWeights)
                .findFirst()
                .orElseThrow()
                .gates();
        this.drawn = new DrawnGates(settings.estimator().name(), closed);
        this.seen = NativeMatrix.allocate(batchSize, looked.features());
        this.columns = new Columns(seen, 0, looked.features());
        this.logits = new double[batchSize * logits.length];
        this.gradient = new double[batchSize * logits.length];
        this.raw = new float[looked.rawFeatures()];
        this.row = new float[Math.max(looked.features(), logits.length)];
    }

    @Override
    public Granularity granularity() {
        return Granularity.PER_EXAMPLE;
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
        return probes[probe].gates();
    }

    @Override
    public double[] upstream(int probe) {
        return probes[probe].upstream();
    }

    @Override
    public void draw(Progress progress, int batchSize) {
        rows = batchSize;
        for (int r = 0; r < rows; r++) {
            looked.read(r, raw, row);
            seen.put(r, 0, row, 0, looked.features());
        }
        gater.forward(lane, columns, rows);
        int units = byUnit.length;
        for (int r = 0, at = 0; r < rows; r++) {
            gater.logits().get(r, 0, row, 0, units);
            for (int i = 0; i < units; i++, at++) {
                logits[at] = closed.size() > 0 && closed.contains(i) ? CLOSED : row[i];
            }
        }
        estimation.draw(logits, 1, progress, rows, noise);
        drawn.clear();
        for (Probe probe : probes) {
            drawn.take(probe, probe.gates());
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

    @Override
    public void update(long step, double factor) {
        estimation.gradient(gradient);
        penalty.addGradient(logits, chosen, rows, gradient);
        int units = byUnit.length;
        for (int r = 0, at = 0; r < rows; r++) {
            for (int i = 0; i < units; i++, at++) {
                row[i] = closed.size() > 0 && closed.contains(i) ? 0 : (float) gradient[at];
            }
            gater.logitGradient().put(r, 0, row, 0, units);
        }
        gater.backward(lane, columns, null, rows, DenseStack.Back.PARAMETERS);
        updates = step;
        update.beginStep(step, factor * form.learning().rate());
        gater.move(lane, update);
    }

    @Override
    public BudgetMultiplier budget() {
        return none;
    }

    /**
     * How far, for the training example that is the likeliest to open it, a unit lies above the threshold; of examples that lie evenly
     * among all.
     */
    @Override
    public void writeBack() {
        if (settled == updates) {
            return;
        }
        settled = updates;
        float[][] sample = looked.sample();
        TaskGaters.Layer now = new TaskGaters.Layer(sizes, gater.parameters(), 0);
        threshold = now.thresholdOf(sample, closed, form.open());
        Arrays.fill(byUnit, CLOSED);
        for (float[] example : sample) {
            float[] said = now.logits(example);
            for (int i = 0; i < said.length; i++) {
                byUnit[i] = Math.max(byUnit[i], Math.min(-CLOSED, (double) said[i] - threshold));
            }
        }
        for (int unit : closed.toArray()) {
            byUnit[unit] = CLOSED;
        }
    }

    /** The gater as it is, of the units that {@link #writeBack} says a task would use. */
    public TaskGaters.Layer gater() {
        writeBack();
        return new TaskGaters.Layer(sizes, gater.parameters(), threshold)
                .over(UnitSet.positive(byUnit).toArray());
    }

    /** Multiply-adds per example of a step: of all maps forward and for parameters, of those above the lowest for what is below. */
    @Override
    public MultiplyAdds work() {
        long all = gater.multiplyAdds();
        return new MultiplyAdds(all, all - gater.maps().get(0).multiplyAdds(), all);
    }

    @Override
    public void state(State state) {
        gater.state(state.part("gater"));
        estimation.state(state.part("estimation"));
        penalty.state(state.part("penalty"));
        state.random("noise", noise);
        updates = state.count("updates", updates);
    }

    @Override
    public void close() {
        gater.close();
        seen.close();
    }
}
