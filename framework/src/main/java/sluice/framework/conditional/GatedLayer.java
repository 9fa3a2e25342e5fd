package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.dense.DenseStack;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.gating.BinaryNeuron;
import sluice.gating.GateEstimation;
import sluice.gating.GateModel;
import sluice.gating.Probe;
import sluice.gating.Progress;

/**
 * A gated layer in training: the gates of each example are drawn by the estimator, and of the units only those blocks are
 * computed, moved and told of that have a gate that is not 0; all of them where the estimator asks what closed ones would have
 * done.
 */
final class GatedLayer implements PartLayer {
    private static final double MOST_LOGIT = 20;

    /** Random numbers of a layer. */
    record Streams(RandomStreams streams, int part, int index) {
        RandomGenerator stream(String name) {
            return streams.stream(name, part, index);
        }
    }

    private final Gater form;
    private final ExitLayer layer;
    private final BlockMap experts;
    private final DenseStack gater;
    private final GateEstimation estimation;
    private final GaterPenalty penalty;
    private final ParameterUpdate update;
    private final BlockProducts products;
    private final Units units;
    /** What experts compute, noise included, before they rectify it [rows, units]. */
    private final NativeMatrix computed;

    private final Units sums;

    private final double[] logits;
    private final double[] gradient;
    private final float[] row;
    private final float[] other;
    private final RandomGenerator draws;
    private final ImmutableList<Probe> others;
    private final Probe chosen;
    private Probe probe;
    private Units seen;
    private int count;

    /**
     * @param inputs units or features below
     * @param looksAt units or features that the gater looks at
     * @param rows most examples
     */
    GatedLayer(ExitLayer layer, int inputs, int looksAt, int rows, Optimizer optimizer, Streams streams) {
        this.layer = layer;
        this.form = layer.gater().orElseThrow();
        this.update = optimizer.begin();
        int width = layer.units() / form.blocks();
        this.experts = new BlockMap(inputs, layer.units(), update.moments());
        experts.fill(streams.stream("experts"));
        List<Integer> sizes = new ArrayList<>();
        sizes.add(looksAt);
        sizes.addAll(form.hidden());
        sizes.add(form.blocks());
        this.gater = new DenseStack(sizes, rows, update.moments(), streams.stream("gater"));
        this.estimation = form.learning().estimator().begin(Gater.layout(form.blocks(), rows));
        this.penalty = GaterPenalty.of(form, rows);
        Arrays.fill(gater.last().biases(), (float) logitOf(form));
        this.products = new BlockProducts(rows, Math.max(inputs, layer.units()));
        this.units = new Units(
                NativeMatrix.allocate(rows, layer.units()),
                NativeMatrix.allocate(rows, layer.units()),
                new BlockRows(form.blocks(), width, rows));
        this.computed = NativeMatrix.allocate(rows, layer.units());
        this.sums = new Units(computed, null, units.open());
        this.logits = new double[rows * form.blocks()];
        this.gradient = new double[rows * form.blocks()];
        this.row = new float[Math.max(layer.units(), form.blocks())];
        this.other = new float[layer.units()];
        this.draws = streams.stream("gates");
        this.others = IntStream.of(estimation.evaluationOrder())
                .mapToObj(estimation.probes()::get)
                .filter(asked -> !asked.trainsWeights())
                .collect(ImmutableList.toImmutableList());
        this.chosen = estimation.probes().stream()
                .filter(Probe::trainsWeights)
                .findFirst()
                .orElseThrow();
        this.probe = chosen;
    }

    private static GateModel model(Gater gater) {
        return gater.learning().estimator().model(BinaryNeuron.STOCHASTIC_SIGMOID);
    }

    /** The logit that opens a gate with the probability that is asked for. */
    static double logitOf(Gater gater) {
        GateModel model = model(gater);
        double low = -MOST_LOGIT;
        double high = MOST_LOGIT;
        for (int i = 0; i < Double.SIZE; i++) {
            double middle = (low + high) / 2;
            if (model.activity(middle, 1) < gater.open()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.min(high, MOST_LOGIT / 2);
    }

    /** Draws the gates of all probes, from what the gater looks at. */
    void draw(Lane lane, Units looked, Progress progress, int rows) {
        gater.forward(lane, columns(looked.values(), looked), rows);
        for (int r = 0, at = 0; r < rows; r++) {
            gater.logits().get(r, 0, row, 0, form.blocks());
            for (int b = 0; b < form.blocks(); b++, at++) {
                logits[at] = row[b];
            }
        }
        estimation.draw(logits, 1, progress, rows, draws);
        use(chosen(), rows);
    }

    private static Columns columns(NativeMatrix matrix, Units units) {
        return new Columns(matrix, 0, units.count());
    }

    /** Probes that weights do not learn from, in the order in which they are to be run. */
    ImmutableList<Probe> others() {
        return others;
    }

    /** The probe that weights learn from. */
    Probe chosen() {
        return chosen;
    }

    /** Gates are those of a probe from now on. */
    void use(Probe asked, int rows) {
        probe = asked;
        if (asked.needsClosedUpstream()) {
            units.open().openAll(rows);
        } else {
            units.open().openWhere(asked.gates(), rows);
        }
    }

    @Override
    public Units units() {
        return units;
    }

    @Override
    public void forward(Lane lane, Units below, int rows, RandomGenerator random, boolean counts) {
        seen = below;
        count = rows;
        experts.forward(lane, products, below, sums, rows);
        float noise = (float) layer.noise();
        int width = units.open().width();
        for (int r = 0; r < rows; r++) {
            computed.get(r, 0, row, 0, layer.units());
            if (noise > 0) {
                addNoise(r, noise, random);
            }
            for (int b = 0; b < form.blocks(); b++) {
                float gate = (float) probe.gates()[r * form.blocks() + b];
                for (int j = b * width; j < (b + 1) * width && units.open().isOpen(r, b); j++) {
                    row[j] = gate * activated(row[j]);
                }
            }
            units.values().put(r, 0, row, 0, layer.units());
        }
    }

    private void addNoise(int index, float noise, RandomGenerator random) {
        int width = units.open().width();
        for (int b = 0; b < form.blocks(); b++) {
            for (int j = b * width; j < (b + 1) * width && units.open().isOpen(index, b); j++) {
                row[j] += noise * (float) random.nextGaussian();
            }
        }
        computed.put(index, 0, row, 0, layer.units());
    }

    private float activated(float sum) {
        return form.experts() == Gater.Experts.RELU ? Math.max(0, sum) : sum;
    }

    @Override
    public void clearGradients(int rows) {
        Arrays.fill(row, 0);
        for (int r = 0; r < rows; r++) {
            units.gradients().put(r, 0, row, 0, layer.units());
        }
    }

    /**
     * Tells the probe in use what came of it.
     *
     * @param losses of the examples
     */
    void answer(double[] losses, int rows) {
        if (probe.needsLoss()) {
            System.arraycopy(losses, 0, probe.losses(), 0, rows);
        }
        if (!probe.needsUpstream()) {
            return;
        }
        int width = units.open().width();
        double[] upstream = probe.upstream();
        for (int r = 0; r < rows; r++) {
            units.gradients().get(r, 0, row, 0, layer.units());
            computed.get(r, 0, other, 0, layer.units());
            for (int b = 0; b < form.blocks(); b++) {
                double sum = 0;
                for (int j = b * width; j < (b + 1) * width && units.open().isOpen(r, b); j++) {
                    sum += row[j] * activated(other[j]);
                }
                upstream[r * form.blocks() + b] = sum;
            }
        }
    }

    @Override
    public void backward(Lane lane, Units below, int rows) {
        int width = units.open().width();
        boolean rectified = form.experts() == Gater.Experts.RELU;
        for (int r = 0; r < rows; r++) {
            units.gradients().get(r, 0, row, 0, layer.units());
            computed.get(r, 0, other, 0, layer.units());
            for (int b = 0; b < form.blocks(); b++) {
                float gate = (float) probe.gates()[r * form.blocks() + b];
                for (int j = b * width; j < (b + 1) * width && units.open().isOpen(r, b); j++) {
                    row[j] *= rectified && other[j] <= 0 ? 0 : gate;
                }
            }
            units.gradients().put(r, 0, row, 0, layer.units());
        }
        if (!(update instanceof ParameterUpdate.Linear)) {
            experts.formGradient(lane, products, below, units, rows);
        }
        if (below.gradients() != null) {
            experts.addInputGradient(lane, products, below, units);
        }
    }

    /** The gradient of the gater, and, if there is one, at what it looks at, to which it is added. */
    void gaterBackward(Lane lane, Units looked, int rows) {
        estimation.gradient(gradient);
        penalty.addGradient(logits, chosen().gates(), rows, gradient);
        for (int r = 0, at = 0; r < rows; r++) {
            for (int b = 0; b < form.blocks(); b++, at++) {
                row[b] = (float) gradient[at];
            }
            gater.logitGradient().put(r, 0, row, 0, form.blocks());
        }
        boolean learnsBelow = looked.gradients() != null;
        gater.backward(
                lane,
                columns(looked.values(), looked),
                learnsBelow ? columns(looked.gradients(), looked) : null,
                rows,
                learnsBelow ? DenseStack.Back.BOTH : DenseStack.Back.PARAMETERS);
    }

    /** The gater has a step size, and so moments, of its own. */
    void beginStep(long step, double factor) {
        update.beginStep(step, factor * form.learning().rate());
    }

    /** Experts that no example had open stay as they are. */
    @Override
    public void move(Lane lane, ParameterUpdate ofExperts) {
        if (ofExperts instanceof ParameterUpdate.Linear linear) {
            experts.step(lane, products, seen, units, count, linear);
        } else {
            experts.move(lane, ofExperts, units.open());
        }
        gater.move(lane, update);
    }

    BlockMap experts() {
        return experts;
    }

    DenseStack gater() {
        return gater;
    }

    @Override
    public ImmutableList<float[]> folded() {
        return ImmutableList.<float[]>builder()
                .addAll(gater.parameters())
                .add(experts.parameters())
                .add(new float[1])
                .build();
    }

    @Override
    public void state(State state) {
        experts.state(state.part("experts"));
        gater.state(state.part("gater"));
        estimation.state(state.part("estimation"));
        penalty.state(state.part("penalty"));
        state.random("gates", draws);
    }

    @Override
    public void close() {
        experts.close();
        gater.close();
        products.close();
        units.values().close();
        units.gradients().close();
        computed.close();
    }
}
