package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.plain.Batch;
import sluice.framework.plain.ParameterBlock;
import sluice.framework.plain.PlainNetwork;
import sluice.tasks.Scenario;

class GradientProjectionMemoryTest {
    private static final Optimizer SGD = Optimizer.sgd(0.1);

    private static GradientProjectionMemory threshold(double threshold) {
        return new GradientProjectionMemory(threshold, threshold, 0, 48);
    }

    /** With the whole space kept, nothing may move; with none, all may. */
    @Test
    void hiddenLayersMoveOnlyWhereNoEarlierInputLies() {
        try (SteppedTraining stepped = new SteppedTraining(threshold(1), SGD, 1)) {
            stepped.learn(0);
            float[] before = stepped.parameters();
            Batch batch = stepped.step(1);
            float[] after = stepped.parameters();
            ParameterBlock lowest = stepped.training.network().blocks().get(0);
            ParameterBlock outputs = stepped.training.network().outputBlock();

            // 48 examples span all of the 6 inputs and the bias
            for (int i = lowest.start(); i < lowest.end(); i++) {
                assertThat(after[i]).isCloseTo(before[i], within(1e-5f));
            }
            assertThat(batch.size()).isEqualTo(4);
            double moved = 0;
            for (int i = outputs.start(); i < outputs.end(); i++) {
                moved += Math.abs(after[i] - before[i]);
            }
            assertThat(moved).isGreaterThan(0.01);
        }
    }

    @Test
    void theFirstTaskIsLearnedAsByGradientDescent() {
        try (SteppedTraining projected = new SteppedTraining(threshold(0.9), SGD, 1);
                SteppedTraining plain = new SteppedTraining(new FineTuning(Curriculum.TASK_BY_TASK), SGD, 1)) {
            projected.learn(0);
            plain.learn(0);

            assertThat(projected.parameters()).containsExactly(plain.parameters());
        }
    }

    /** The step is that of the loss, without its part along what is kept: any direction beside that has the loss's slope. */
    @Test
    void aStepIsTheGradientOfTheLossBesideWhatIsKept() {
        double rate = 0.01;
        try (SteppedTraining stepped = new SteppedTraining(threshold(0.8), Optimizer.sgd(rate), 1)) {
            stepped.learn(0);
            float[] before = stepped.parameters();
            Batch batch = stepped.step(1);
            float[] step = stepped.parameters();
            PlainNetwork network = stepped.training.network();
            double along = 0;
            for (ParameterBlock block : network.hiddenBlocks()) {
                for (int i = block.start(); i < block.end(); i++) {
                    step[i] = (float) ((before[i] - step[i]) / rate);
                    along += (double) step[i] * step[i];
                }
            }

            double[] losses = new double[2];
            double little = 0.01;
            for (int side = 0; side < 2; side++) {
                double by = side == 0 ? -little : little;
                network.write(own -> {
                    System.arraycopy(before, 0, own, 0, own.length);
                    for (int i = 0; i < network.outputBlock().start(); i++) {
                        own[i] += (float) (by * step[i]);
                    }
                });
                losses[side] = stepped.training.loss(batch, new float[before.length]);
            }

            assertThat(along).isGreaterThan(1e-4);
            // of a projection p of the gradient g: g'p = p'p
            assertThat((losses[1] - losses[0]) / (2 * little)).isCloseTo(along, within(0.05 * along));
        }
    }

    @Test
    void earlierTasksAreForgottenLessThanWithoutProjection() {
        try (SteppedTraining projected = new SteppedTraining(threshold(0.99), SGD, 2);
                SteppedTraining plain = new SteppedTraining(new FineTuning(Curriculum.TASK_BY_TASK), SGD, 2)) {
            assertThat(drift(projected)).isLessThan(0.5 * drift(plain));
            assertThat(projected.accuracy(0)).isGreaterThan(0.9);
            assertThat(projected.accuracy(1)).isGreaterThan(0.8);
        }
    }

    private static double drift(SteppedTraining stepped) {
        stepped.learn(0);
        float[] then = stepped.ask(0).clone();
        stepped.learn(1);
        float[] now = stepped.ask(0);
        double sum = 0;
        int outputs = stepped.training.outputs().count();
        for (int row = 0; row < SteppedTraining.TESTS; row++) {
            for (int o = 0; o < 2; o++) {
                sum += Math.abs(now[row * outputs + o] - then[row * outputs + o]);
            }
        }
        return sum;
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void aSpaceIsOrthonormalHasItsShareAndTakesNoMoreDirectionsThanNeeded(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int inputs,
            @ForAll @IntRange(min = 1, max = 20) int many) {
        SplittableRandom random = new SplittableRandom(seed);
        InputSpace space = new InputSpace(inputs);
        for (int task = 0; task < 3; task++) {
            double[][] examples = new double[many][inputs];
            for (double[] example : examples) {
                for (int i = 0; i < inputs; i++) {
                    example[i] = random.nextGaussian() * (i + 1);
                }
            }
            double[][] copy = copy(examples);
            int before = space.count();

            space.grow(copy, 0.9);

            assertThat(space.count()).isBetween(before, Math.min(inputs, before + many));
            assertThat(left(space, examples)).isLessThanOrEqualTo(0.1 + 1e-5);
            double[][] all = copy(examples);
            space.grow(all, 1);
            assertThat(left(space, examples)).isLessThan(1e-6);
        }
    }

    private static double[][] copy(double[][] examples) {
        double[][] copy = new double[examples.length][];
        for (int e = 0; e < copy.length; e++) {
            copy[e] = examples[e].clone();
        }
        return copy;
    }

    /** The share of the energy that is not in the space; taking that out twice takes out nothing more. */
    private static double left(InputSpace space, double[][] examples) {
        double left = 0;
        double all = 0;
        float[] scratch = new float[space.count()];
        for (double[] example : examples) {
            float[] rest = new float[example.length];
            for (int i = 0; i < rest.length; i++) {
                rest[i] = (float) example[i];
                all += example[i] * example[i];
            }
            space.reject(rest, 0, scratch);
            float[] again = rest.clone();
            space.reject(again, 0, scratch);
            for (int i = 0; i < rest.length; i++) {
                assertThat(again[i]).isCloseTo(rest[i], within(1e-3f));
                left += rest[i] * rest[i];
            }
        }
        return left / all;
    }

    @Test
    void aSeedGivesTheSameBits() {
        try (SteppedTraining one = new SteppedTraining(threshold(0.9), SGD, 4);
                SteppedTraining two = new SteppedTraining(threshold(0.9), SGD, 4)) {
            for (int task = 0; task < 2; task++) {
                one.learn(task);
                two.learn(task);
            }

            assertThat(one.bits(0)).isEqualTo(two.bits(0));
            assertThat(one.learner.memoryBytes()).isPositive();
        }
    }

    @Test
    void onlyTheTaskIncrementalScenarioIsServed() {
        assertThat(GradientProjectionMemory.DEFAULT.scenarios()).containsExactly(Scenario.TASK);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> threshold(0)).hasMessage("threshold must be in (0, 1], got 0.0");
        assertThatThrownBy(() -> new GradientProjectionMemory(0.9, 1.5, 0, 3))
                .hasMessage("upperThreshold must be in (0, 1], got 1.5");
        assertThatThrownBy(() -> new GradientProjectionMemory(0.9, 0.9, -1, 3))
                .hasMessage("growth must be at least 0 and finite, got -1.0");
        assertThatThrownBy(() -> new GradientProjectionMemory(0.9, 0.9, 0, 0))
                .hasMessage("examples must be at least 1, got 0");
    }
}
