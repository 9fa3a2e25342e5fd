package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import sluice.framework.internal.dense.DenseStack;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.random.RandomStreams;
import sluice.gating.Schedule;
import sluice.tasks.Shape;

class ConsistencyStepTest {
    private static final int ROWS = 6;
    private static final int SIDE = 4;
    private static final int FEATURES = SIDE * SIDE;
    private static final int CLASSES = 3;
    private static final float STEP = 1e-2f;
    private static final GeneratorShape SHAPE = GeneratorShape.autoencoder(
                    FEATURES, ImmutableList.of(LatentLayer.bernoulli(2)), ImmutableList.of(5))
            .withClasses(CLASSES);

    private final Lane lane = new Lane();
    private final GeneratorParts parts = new GeneratorParts(SHAPE, 2 * ROWS, 0, new RandomStreams(3));
    private final GeneratorPass pass = new GeneratorPass(SHAPE, parts, 2 * ROWS, false, 1, lane);
    private final DenseStack encoder = parts.encoder(0);
    private final float[][] images = new float[ROWS][FEATURES];

    private ConsistencyStep step(double radius, int shift, double entropy) {
        ClassConsistency consistency = new ClassConsistency(new Schedule.Constant(1), radius, shift, entropy);
        SplittableRandom random = new SplittableRandom(1);
        for (int r = 0; r < ROWS; r++) {
            for (int i = 0; i < FEATURES; i++) {
                images[r][i] = (float) random.nextDouble();
            }
            pass.aim(r, images[r]);
            pass.give(r, images[r]);
            pass.label(r, GeneratorPass.UNKNOWN);
        }
        return new ConsistencyStep(
                consistency, pass, ROWS, new Shape.Image(SIDE, SIDE), new float[FEATURES], new RandomStreams(5));
    }

    private double[] probabilities(int row) {
        float[] logits = new float[CLASSES];
        encoder.logits().get(row, 0, logits, 0, CLASSES);
        double mass = 0;
        double[] q = new double[CLASSES];
        for (int c = 0; c < CLASSES; c++) {
            q[c] = Math.exp(logits[c]);
            mass += q[c];
        }
        for (int c = 0; c < CLASSES; c++) {
            q[c] /= mass;
        }
        return q;
    }

    /** What the moved images say, against what the images themselves said; and the entropy of the latter. */
    private double objective(double[][] said, double entropy) {
        double sum = 0;
        for (int r = 0; r < ROWS; r++) {
            double[] moved = probabilities(ROWS + r);
            double[] own = probabilities(r);
            for (int c = 0; c < CLASSES; c++) {
                sum -= said[r][c] * Math.log(moved[c]) + entropy * own[c] * Math.log(own[c]);
            }
        }
        return sum / ROWS;
    }

    @Test
    void theGradientIsThatOfTheCrossEntropyAndTheEntropy() {
        double entropy = 0.7;
        try (ConsistencyStep step = step(0.5, 1, entropy)) {
            step.prepare(lane, 1, ROWS);
            double[][] said = new double[ROWS][];
            for (int r = 0; r < ROWS; r++) {
                said[r] = probabilities(r);
                encoder.logitGradient().put(r, 0, new float[CLASSES], 0, CLASSES);
            }
            step.addGradients(lane, ROWS);
            encoder.backward(lane, pass.encoderInput(0), null, 2 * ROWS, DenseStack.Back.PARAMETERS);
            ImmutableList<float[]> gradient = encoder.gradient();
            for (int m = 0; m < gradient.size(); m++) {
                float[] was = encoder.parameters().get(m);
                for (int i = 0; i < was.length; i++) {
                    double slope =
                            (with(m, was, i, STEP, said, entropy) - with(m, was, i, -STEP, said, entropy)) / (2 * STEP);
                    assertThat((double) gradient.get(m)[i]).isCloseTo(slope, within(1e-3));
                }
                encoder.maps().get(m).set(was);
            }
        }
    }

    private double with(int map, float[] was, int entry, float change, double[][] said, double entropy) {
        float[] moved = was.clone();
        moved[entry] += change;
        encoder.maps().get(map).set(moved);
        encoder.forward(lane, pass.encoderInput(0), 2 * ROWS);
        return objective(said, entropy);
    }

    @Test
    void movedImagesAreAsFarAwayAsAskedAndSaySomethingElseMoreThanThoseMovedAnywhere() {
        try (ConsistencyStep step = step(0.5, 0, 0)) {
            step.prepare(lane, 1, ROWS);
            double adversarial = distance();
            float[] moved = new float[FEATURES];
            SplittableRandom random = new SplittableRandom(9);
            for (int r = 0; r < ROWS; r++) {
                pass.encoderInput(0).matrix().get(ROWS + r, 0, moved, 0, FEATURES);
                double square = 0;
                for (int i = 0; i < FEATURES; i++) {
                    square += (moved[i] - images[r][i]) * (moved[i] - images[r][i]);
                }
                assertThat(Math.sqrt(square)).isCloseTo(0.5, within(1e-4));
            }
            double anywhere = 0;
            int tries = 20;
            for (int t = 0; t < tries; t++) {
                for (int r = 0; r < ROWS; r++) {
                    double[] direction = random.doubles(FEATURES, -1, 1).toArray();
                    double length =
                            Math.sqrt(Arrays.stream(direction).map(d -> d * d).sum());
                    for (int i = 0; i < FEATURES; i++) {
                        moved[i] = (float) (images[r][i] + 0.5 * direction[i] / length);
                    }
                    pass.give(ROWS + r, moved);
                }
                encoder.forward(lane, pass.encoderInput(0), 2 * ROWS);
                anywhere += distance() / tries;
            }
            assertThat(adversarial).isGreaterThan(2 * anywhere);
        }
    }

    private double distance() {
        double sum = 0;
        for (int r = 0; r < ROWS; r++) {
            double[] own = probabilities(r);
            double[] moved = probabilities(ROWS + r);
            for (int c = 0; c < CLASSES; c++) {
                sum += own[c] * Math.log(own[c] / moved[c]);
            }
        }
        return sum;
    }
}
