package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.framework.plain.Batch;
import sluice.tasks.Scenario;

class NearestMeanTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DOMAIN")
    void newOutputsLearnLabelsAndEarlierOnesWhatWasSaidBefore(Scenario scenario) {
        try (Clouds clouds = new Clouds(scenario, 3)) {
            int outputs = clouds.training.outputs().count();
            TaskLearner learner = new NearestMean(16, 2).begin(clouds.training);
            clouds.learn(learner, 0, 5);
            clouds.learn(learner, 1, 5);
            Batch batch = clouds.batch(2, 12);
            learner.begin(clouds.task(2, 1));
            Parameters before = new Parameters(clouds.training.network());
            clouds.training.network().write(parameters -> parameters[0] += 0.5f);
            Parameters moved = new Parameters(clouds.training.network());

            learner.step(batch);

            float[] gradient = clouds.training.logitGradient().clone();
            int rows = batch.size();
            before.restore();
            double[] taught = LogitGradients.copy(clouds.training.forward(batch), rows * outputs);
            moved.restore();
            double[] logits = LogitGradients.copy(clouds.training.forward(batch), rows * outputs);
            // 16 exemplars beside 48 examples: one for three
            assertThat(rows).isEqualTo(12 + 4);
            LogitGradients.check(gradient, logits, said -> {
                double loss = 0;
                for (int row = 0; row < rows; row++) {
                    for (int o = 0; o < outputs; o++) {
                        int at = row * outputs + o;
                        double label = o == batch.target(row) ? 1 : 0;
                        double wanted = o < 4 ? sigmoid(taught[at] / 2) : label;
                        loss -= wanted * Math.log(sigmoid(said[at])) + (1 - wanted) * Math.log(sigmoid(-said[at]));
                    }
                }
                return loss / rows;
            });
        }
    }

    private static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    @Test
    void aClassWithoutExemplarsIsNeverTheAnswer() {
        try (Clouds clouds = new Clouds(Scenario.CLASS, 2)) {
            TaskLearner learner = new NearestMean(4, 2).begin(clouds.training);
            clouds.learn(learner, 0, 20);
            Batch batch = clouds.batch(0, Clouds.TRAINED);

            float[] scores = learner.scores(batch, 0);

            for (int row = 0; row < batch.size(); row++) {
                assertThat(scores[row * 4 + 2]).isEqualTo(Float.NEGATIVE_INFINITY);
                assertThat(scores[row * 4 + 3]).isEqualTo(Float.NEGATIVE_INFINITY);
            }
        }
    }

    @Test
    void aClassKeepsTheExemplarThatWasChosenFirstWhenNewClassesNeedRoom() {
        try (Clouds clouds = new Clouds(Scenario.CLASS, 2)) {
            ExemplarSets sets = new ExemplarSets(4, clouds.training);
            Batch two = new Batch(16, Clouds.FEATURES);
            sets.choose(clouds.task(0, 1));
            assertThat(sets.size()).isEqualTo(4);
            float[] first = drawn(sets, two);

            sets.choose(clouds.task(1, 1));

            assertThat(sets.size()).isEqualTo(4);
            assertThat(first).startsWith(drawn(sets, two));
        }
    }

    /** The inputs of the exemplars of output 0, the only ones that zeros draw. */
    private static float[] drawn(ExemplarSets sets, Batch batch) {
        batch.clear();
        for (int i = 0; i < sets.size() / 2 && batch.size() < 2; i++) {
            int position = i;
            sets.addAny(new FixedInt(position), batch);
        }
        int own = (int) IntStream.range(0, batch.size())
                .filter(row -> batch.target(row) == 0)
                .count();
        return Arrays.copyOf(batch.inputs(), own * Clouds.FEATURES);
    }

    private record FixedInt(int value) implements RandomGenerator {
        @Override
        public long nextLong() {
            return value;
        }

        @Override
        public int nextInt(int bound) {
            return value;
        }
    }

    @Test
    void anExemplarAloneIsItsOwnMean() {
        try (Clouds clouds = new Clouds(Scenario.CLASS, 2)) {
            TaskLearner learner = new NearestMean(4, 2).begin(clouds.training);
            clouds.learn(learner, 0, 20);
            clouds.learn(learner, 1, 20);

            int exact = 0;
            for (int task = 0; task < 2; task++) {
                Batch batch = clouds.batch(task, Clouds.TRAINED);
                float[] scores = learner.scores(batch, task);
                for (int row = 0; row < batch.size(); row++) {
                    exact += scores[row * 4 + batch.target(row)] > -1e-6 ? 1 : 0;
                }
            }

            assertThat(exact).isGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void aMemoryOfLessThanOneExemplarPerClassIsRefused() {
        assertThatThrownBy(() -> Clouds.result(new NearestMean(5, 2), Scenario.CLASS))
                .hasMessage(
                        "strategy icarl cannot give each of 6 classes an exemplar with memory 5: set memory to 6 or more");
    }

    @Test
    void newClassesWithoutOutputsOfTheirOwnAreRefused() {
        assertThatThrownBy(() -> Clouds.result(new NearestMean(8, 2), Scenario.DOMAIN))
                .hasMessageContaining("strategy icarl cannot serve the DOMAIN-incremental scenario");
    }

    @Test
    void noMemoryOrNoTemperatureAreRefused() {
        assertThatThrownBy(() -> new NearestMean(0, 2)).hasMessage("memory must be at least 1, got 0");
        assertThatThrownBy(() -> new NearestMean(1, 0)).hasMessage("temperature must be above 0 and finite, got 0.0");
    }
}
