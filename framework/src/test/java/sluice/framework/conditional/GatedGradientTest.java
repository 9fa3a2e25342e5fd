package sluice.framework.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.internal.dense.DenseMap;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.Optimizer;
import sluice.gating.Estimators;
import sluice.gating.GradientEstimator;
import sluice.gating.NoisyRectifier;
import sluice.gating.Progress;
import sluice.tasks.Shape;

/** The way back through gated layers: against differences where noise is held, against enumeration where gates are drawn. */
class GatedGradientTest {
    private static final int ROWS = 6;
    private static final int FEATURES = 4;
    private static final int CLASSES = 3;
    private static final float STEP = 1e-3f;

    /** Of gates at first: some are open, some closed. */
    private static final float LOGIT = 0.3f;

    private final Lane lane = new Lane();

    private static Units inputs(int rows, long seed) {
        NativeMatrix values = NativeMatrix.allocate(rows, FEATURES);
        SplittableRandom random = new SplittableRandom(seed);
        float[] row = new float[FEATURES];
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < FEATURES; i++) {
                row[i] = (float) random.nextGaussian();
            }
            values.put(r, 0, row, 0, FEATURES);
        }
        return new Units(values, null, BlockRows.whole(FEATURES, rows));
    }

    private static ExitLayer gated(int units, int blocks, Gater.Experts experts, GradientEstimator estimator) {
        GaterLearning learning = new GaterLearning(estimator, new GaterTarget.Budget(), 1);
        return new ExitLayer(
                units, 0, View.BELOW, Optional.of(new Gater(ImmutableList.of(3), blocks, 1, experts, learning)), false);
    }

    private static PartTraining part(int rows, long seed, ExitLayer... layers) {
        ExitShape shape = new ExitShape(new Shape.Vector(FEATURES), CLASSES, ImmutableList.copyOf(layers));
        PartTraining part = new PartTraining(shape, 0, rows, Optimizer.DEFAULT, new RandomStreams(seed));
        for (PartLayer layer : part.layers()) {
            if (layer instanceof GatedLayer gated) {
                Arrays.fill(gated.gater().last().biases(), LOGIT);
            }
        }
        return part;
    }

    /** An affine map of a part. */
    private record Map(Supplier<float[]> parameters, Supplier<float[]> gradient, Consumer<float[]> set) {
        static Map of(DenseMap map) {
            return new Map(map::parameters, map::gradient, map::set);
        }
    }

    private static List<Map> maps(PartTraining part) {
        List<Map> maps = new ArrayList<>();
        for (PartLayer layer : part.layers()) {
            if (layer instanceof GatedLayer gated) {
                BlockMap experts = gated.experts();
                maps.add(new Map(experts::parameters, experts::gradient, experts::set));
                gated.gater().maps().forEach(map -> maps.add(Map.of(map)));
            } else {
                UnitsMap map = ((NormalisedLayer) layer).map();
                maps.add(new Map(map::parameters, map::gradient, map::set));
            }
        }
        return maps;
    }

    /** Gates of noisy rectifiers are smooth in everything, the noise held: differences check the whole chain. */
    @Test
    void everyParameterOfGatedLayersOnEachOtherHasTheGradientOfTheLoss() {
        GradientEstimator rectifier = new NoisyRectifier(1);
        ExitLayer[] layers = {
            new ExitLayer(5, 0, View.BELOW, false),
            gated(8, 4, Gater.Experts.RELU, rectifier),
            gated(6, 3, Gater.Experts.LINEAR, rectifier),
            new ExitLayer(4, 0, View.BELOW, false)
        };
        int[] labels = new SplittableRandom(5).ints(ROWS, 0, CLASSES).toArray();
        Units inputs = inputs(ROWS, 1);
        List<float[]> parameters = new ArrayList<>();
        List<float[]> gradients = new ArrayList<>();
        try (PartTraining part = part(ROWS, 7, layers)) {
            part.gradient(lane, inputs, labels, Progress.START, ROWS);
            maps(part).forEach(map -> parameters.add(map.parameters().get()));
            maps(part).forEach(map -> gradients.add(map.gradient().get()));
        }
        int checked = 0;
        for (int m = 0; m < parameters.size(); m++) {
            for (int i = 0; i < parameters.get(m).length; i++) {
                double above = lossWith(layers, inputs, labels, m, i, STEP);
                double below = lossWith(layers, inputs, labels, m, i, -STEP);
                double slope = (above - below) / (2 * STEP);
                // the statistics of a normalised layer swallow its bias, which does not learn
                if ((m != 0 && m != parameters.size() - 1) || i < parameters.get(m).length - 5) {
                    assertThat((double) gradients.get(m)[i])
                            .as("map %d, entry %d", m, i)
                            .isCloseTo(slope, within(4e-3));
                    checked++;
                }
            }
        }
        assertThat(checked).isGreaterThan(150);
    }

    private double lossWith(ExitLayer[] layers, Units inputs, int[] labels, int map, int entry, float change) {
        try (PartTraining part = part(ROWS, 7, layers)) {
            Map moved = maps(part).get(map);
            float[] all = moved.parameters().get();
            all[entry] += change;
            moved.set().accept(all);
            return part.gradient(lane, inputs, labels, Progress.START, ROWS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unbiased", "centred", "leave-one-out", "arm", "disarm", "rebar", "relax", "muprop"})
    void unbiasedEstimatorsHaveTheExpectedGradientAtTheLogits(String estimator) {
        int blocks = 3;
        int draws = 20_000;
        ExitLayer layer = gated(
                6, blocks, Gater.Experts.RELU, Estimators.BY_NAME.get(estimator).estimator());
        Units inputs = inputs(1, 3);
        try (PartTraining part = part(1, 11, layer)) {
            GatedLayer gated = (GatedLayer) part.layers().get(0);
            double[] sum = new double[blocks];
            double[] squares = new double[blocks];
            float[] row = new float[blocks];
            for (int d = 0; d < draws; d++) {
                part.gradient(lane, inputs, new int[] {1}, Progress.START, 1);
                gated.gater().logitGradient().get(0, 0, row, 0, blocks);
                for (int b = 0; b < blocks; b++) {
                    sum[b] += row[b];
                    squares[b] += row[b] * row[b];
                }
            }
            double[] exact = exact(part, gated, inputs, blocks);
            for (int b = 0; b < blocks; b++) {
                double mean = sum[b] / draws;
                double error = Math.sqrt(Math.max(0, squares[b] / draws - mean * mean) / draws);
                assertThat(mean).isCloseTo(exact[b], within(5 * error + 1e-5));
            }
        }
    }

    /** d E[loss] / d logit, by all gates that there can be. */
    private static double[] exact(PartTraining part, GatedLayer gated, Units inputs, int blocks) {
        float[] logits = new float[blocks];
        gated.gater().logits().get(0, 0, logits, 0, blocks);
        double[] exact = new double[blocks];
        for (int gates = 0; gates < 1 << blocks; gates++) {
            double probability = 1;
            for (int b = 0; b < blocks; b++) {
                double p = 1 / (1 + Math.exp(-logits[b]));
                probability *= ((gates >> b) & 1) == 1 ? p : 1 - p;
            }
            double loss = loss(part, gated, inputs, gates);
            for (int b = 0; b < blocks; b++) {
                double p = 1 / (1 + Math.exp(-logits[b]));
                exact[b] += probability * loss * (((gates >> b) & 1) - p);
            }
        }
        return exact;
    }

    private static double loss(PartTraining part, GatedLayer gated, Units inputs, int gates) {
        float[] x = new float[FEATURES];
        inputs.values().get(0, 0, x, 0, FEATURES);
        float[] head = part.folded().get(part.folded().size() - 1);
        double[] answers = new double[CLASSES];
        int units = 6;
        for (int c = 0; c < CLASSES; c++) {
            answers[c] = head[units * CLASSES + c];
        }
        float[] experts = gated.experts().parameters();
        for (int u = 0; u < units; u++) {
            double sum = experts[units * FEATURES + u];
            for (int i = 0; i < FEATURES; i++) {
                sum += x[i] * experts[u * FEATURES + i];
            }
            for (int c = 0; c < CLASSES && ((gates >> (u / 2)) & 1) == 1; c++) {
                answers[c] += Math.max(0, sum) * head[u * CLASSES + c];
            }
        }
        double mass = 0;
        for (double answer : answers) {
            mass += Math.exp(answer);
        }
        return Math.log(mass) - answers[1];
    }
}
