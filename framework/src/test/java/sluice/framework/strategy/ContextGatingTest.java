package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.plain.ParameterBlock;
import sluice.tasks.Scenario;

class ContextGatingTest {
    private static final Optimizer SGD = Optimizer.sgd(0.1);

    /** Units that are 0 for every test example, once no open one can be. */
    private static List<Integer> closed(SteppedTraining stepped, int task, int layer) {
        stepped.training.network().write(parameters -> {
            for (ParameterBlock block : stepped.training.network().hiddenBlocks()) {
                Arrays.fill(parameters, block.biases(), block.end(), 100);
            }
        });
        stepped.ask(task);
        float[] units = stepped.training.network().hidden(layer);
        int width = SteppedTraining.HIDDEN.get(layer);
        List<Integer> closed = new ArrayList<>();
        for (int u = 0; u < width; u++) {
            boolean zero = true;
            for (int row = 0; row < SteppedTraining.TESTS; row++) {
                zero &= units[row * width + u] == 0;
            }
            if (zero) {
                closed.add(u);
            }
        }
        return closed;
    }

    @Test
    void everyTaskClosesItsShareOfEveryLayer() {
        try (SteppedTraining stepped = new SteppedTraining(new ContextGating(0.8, 0), SGD, 1)) {
            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                assertThat(closed(stepped, task, 0)).hasSize(16);
                assertThat(closed(stepped, task, 1)).hasSize(12);
            }
        }
    }

    @Test
    void aUnitStaysOpenHoweverManyAreClosed() {
        try (SteppedTraining stepped = new SteppedTraining(new ContextGating(0.999, 0), SGD, 1)) {
            assertThat(closed(stepped, 0, 0)).hasSize(19);
        }
    }

    @Test
    void tasksHaveUnitsOfTheirOwnThatNeverChange() {
        try (SteppedTraining fresh = new SteppedTraining(new ContextGating(0.5, 0), SGD, 1);
                SteppedTraining stepped = new SteppedTraining(new ContextGating(0.5, 0), SGD, 1)) {
            stepped.learn(0);
            stepped.learn(1);

            assertThat(closed(stepped, 0, 0)).isEqualTo(closed(fresh, 0, 0));
            assertThat(closed(stepped, 1, 0)).isNotEqualTo(closed(stepped, 0, 0));
        }
    }

    @Test
    void weightsOfClosedUnitsRest() {
        try (SteppedTraining stepped = new SteppedTraining(new ContextGating(0.5, 0), SGD, 1)) {
            List<Integer> closed = closed(stepped, 0, 0);
            float[] before = stepped.parameters();

            stepped.learn(0);

            float[] after = stepped.parameters();
            ParameterBlock above = stepped.training.network().blocks().get(1);
            for (int u : closed) {
                int from = above.weight(u, 0);
                assertThat(Arrays.copyOfRange(after, from, from + above.units()))
                        .containsExactly(Arrays.copyOfRange(before, from, from + above.units()));
            }
            assertThat(after).isNotEqualTo(before);
        }
    }

    @Test
    void withEveryUnitOpenItIsWhatItBuildsOn() {
        assertThat(bitsOfTwoTasks(new ContextGating(0, 0)))
                .isEqualTo(bitsOfTwoTasks(new FineTuning(Curriculum.TASK_BY_TASK)));
        assertThat(bitsOfTwoTasks(new ContextGating(0, 3)))
                .isEqualTo(bitsOfTwoTasks(new SynapticIntelligence(3, 0.1)))
                .isNotEqualTo(bitsOfTwoTasks(new ContextGating(0, 0)));
    }

    private static List<Integer> bitsOfTwoTasks(PlainStrategy strategy) {
        try (SteppedTraining stepped = new SteppedTraining(strategy, Optimizer.adam(0.01), 1)) {
            stepped.learn(0);
            stepped.learn(1);
            return stepped.bits(0);
        }
    }

    @Test
    void everyTaskIsLearned() {
        try (SteppedTraining stepped = new SteppedTraining(new ContextGating(0.5, 0), Optimizer.adam(0.01), 1)) {
            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                stepped.learn(task);

                assertThat(stepped.accuracy(task)).isGreaterThan(0.9);
            }
        }
    }

    @Test
    void aSeedGivesTheSameBits() {
        try (SteppedTraining one = new SteppedTraining(new ContextGating(0.5, 1), SGD, 4);
                SteppedTraining two = new SteppedTraining(new ContextGating(0.5, 1), SGD, 4)) {
            one.learn(0);
            two.learn(0);

            assertThat(one.bits(0)).isEqualTo(two.bits(0));
        }
    }

    @Test
    void gatesAndImportanceAreCounted() {
        try (SteppedTraining gated = new SteppedTraining(new ContextGating(0.5, 0), SGD, 1);
                SteppedTraining held = new SteppedTraining(new ContextGating(0.5, 1), SGD, 1)) {
            int parameters = gated.parameters().length;

            assertThat(gated.learner.memoryBytes()).isEqualTo(3 * (20 + 15) * 4);
            assertThat(held.learner.memoryBytes()).isEqualTo(3 * (20 + 15) * 4 + 16L * parameters);
        }
    }

    @Test
    void onlyTheTaskIncrementalScenarioIsServed() {
        assertThat(new ContextGating(0.5, 0).scenarios()).containsExactly(Scenario.TASK);
    }

    @Test
    void sharesAndStrengthsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new ContextGating(1, 0)).hasMessage("closed must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> new ContextGating(-0.1, 0)).hasMessage("closed must be in [0, 1), got -0.1");
        assertThatThrownBy(() -> new ContextGating(0.5, -1)).hasMessage("c must be at least 0 and finite, got -1.0");
    }
}
