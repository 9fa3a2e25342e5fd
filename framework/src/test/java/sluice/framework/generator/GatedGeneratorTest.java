package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static sluice.framework.generator.GatedTasks.FEATURES;
import static sluice.framework.generator.GatedTasks.GATES;
import static sluice.framework.generator.GatedTasks.copies;
import static sluice.framework.generator.GatedTasks.generator;
import static sluice.framework.generator.GatedTasks.hidden;
import static sluice.framework.generator.GatedTasks.task;
import static sluice.framework.generator.GatedTasks.trainer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.Reuse;
import sluice.framework.optimizer.Optimizer;
import sluice.gating.Estimators;
import sluice.gating.Granularity;
import sluice.tasks.Examples;

/** One network for all tasks: what a consolidated task uses never moves, and so neither do its samples and likelihoods. */
class GatedGeneratorTest {
    private static float[][] samples(GenerativeModel model) {
        return model.sample(GenerationRequest.of(40, 3).as(GenerationRequest.Pixels.DRAWN)).stream()
                .map(GeneratedImage::pixels)
                .toArray(float[][]::new);
    }

    private static LikelihoodBound[] bounds(GenerativeModel model, int task) {
        Examples examples = task(task);
        float[][] images = new float[20][FEATURES];
        for (int i = 0; i < images.length; i++) {
            examples.read(i, images[i]);
        }
        return model.logLikelihood(images, 30, 2, 1);
    }

    @ParameterizedTest
    @MethodSource("sluice.framework.generator.GatedTasks#optimisersAndEstimators")
    void samplesAndLikelihoodsOfTheFirstTaskKeepEveryBit(Optimizer optimizer, String estimator) {
        GateSettings gates =
                GATES.withEstimator(Estimators.BY_NAME.get(estimator).estimator());
        GatedGenerator generator = new GatedGenerator(trainer(optimizer), gates, 5);
        GenerativeModel first = generator.learn("first", task(0));
        float[][] samples = samples(first);
        LikelihoodBound[] bounds = bounds(first, 0);
        List<MapParameters> before = copies(generator);

        generator.learn("second", task(1));
        generator.learn("third", task(2));

        GenerativeModel again = generator.model("first");
        assertThat(again.shape()).isEqualTo(first.shape());
        assertThat(again.parameters().toArray()).isEqualTo(first.parameters().toArray());
        assertThat(samples(again)).isDeepEqualTo(samples);
        assertThat(bounds(again, 0)).containsExactly(bounds);
        List<MapParameters> after = copies(generator);
        assertThat(IntStream.range(0, after.size()))
                .anyMatch(m ->
                        !Arrays.deepEquals(after.get(m).weights(), before.get(m).weights()));
    }

    private static int used(GatedGenerator generator) {
        return generator.occupancy().stream()
                .mapToInt(GatedGenerator.Occupancy::used)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"st-open", "centred"})
    void aStrongPenaltyClosesGates(String estimator) {
        GateSettings gates =
                GATES.withEstimator(Estimators.BY_NAME.get(estimator).estimator());
        GatedGenerator free = generator(gates.withSparsity(0));
        GatedGenerator dear = generator(gates.withSparsity(300));

        free.learn("first", task(0));
        GenerativeModel small = dear.learn("first", task(0));

        assertThat(used(dear)).isLessThan(used(free) / 2);
        assertThat(samples(small)).hasNumberOfRows(40);
    }

    @Test
    void aTaskWithoutOpenUnitsIsStillAGenerator() {
        GateSettings closing = GATES.withSparsity(1e6);
        GatedGenerator generator = generator(closing);

        GenerativeModel model = generator.learn("first", task(0));

        assertThat(used(generator)).isZero();
        assertThat(model.shape().hidden()).containsExactly(1, 1);
        assertThat(bounds(model, 0)).allMatch(bound -> Double.isFinite(bound.evidence()));
    }

    @Test
    void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
        GatedGenerator one = generator(GATES);
        GatedGenerator two = generator(GATES);
        GatedGenerator other = new GatedGenerator(trainer(Optimizer.adam(0.01)), GATES, 6);
        List.of(one, two, other).forEach(generator -> {
            generator.learn("first", task(0));
            generator.learn("second", task(1));
        });

        Object[] parameters = one.model("second").parameters().toArray();

        assertThat(two.model("second").parameters().toArray()).isEqualTo(parameters);
        assertThat(other.model("second").parameters().toArray()).isNotEqualTo(parameters);
        assertThat(two.occupancy()).isEqualTo(one.occupancy());
    }

    @Test
    void aTaskReusesFrozenUnitsUnlessThatIsForbidden() {
        for (Reuse reuse : Reuse.values()) {
            GatedGenerator generator = generator(GATES.withReuse(reuse));
            generator.learn("first", task(0));

            generator.learn("second", task(1));

            int shared = 0;
            for (SharedStack stack : generator.stacks()) {
                for (int layer = 0; layer < 2; layer++) {
                    var tasks = stack.consolidated().tasks();
                    shared += tasks.get("first")
                            .layers()
                            .get(layer)
                            .intersection(tasks.get("second").layers().get(layer))
                            .size();
                }
            }
            assertThat(shared > 0).isEqualTo(reuse == Reuse.ALLOWED);
        }
    }

    @Test
    void memoryIsTheSharedNetworkAndWhatEachTaskAdds() {
        GatedGenerator generator = generator(GATES);
        long shared = hidden(generator).mapToLong(MapParameters::count).sum() * Float.BYTES;
        assertThat(generator.memoryBytes()).isEqualTo(shared);

        generator.learn("first", task(0));

        long heads = 0;
        long bits = 0;
        for (SharedStack stack : generator.stacks()) {
            int outputs =
                    switch (stack.name()) {
                        case "encoder-0" -> 2;
                        case "encoder-1", "prior-1" -> 6;
                        case "encoder-2", "prior-2" -> 4;
                        default -> FEATURES;
                    };
            heads += (stack.openUnits("first", 1) + 1L) * outputs;
            bits += 2 + 1;
        }
        assertThat(generator.memoryBytes()).isEqualTo(shared + 4 * (heads + 2 + FEATURES) + bits);
    }

    @Test
    void whatCannotBeGatedOrLearnedIsRefused() {
        GatedGenerator generator = generator(GATES);
        generator.learn("first", task(0));
        float[] grey = new float[FEATURES];
        Arrays.fill(grey, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.learn("first", task(1)))
                .withMessage("task first is learned already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.learn("second", Examples.of(new float[][] {{1, 0}}, new int[] {0})))
                .withMessage("examples have 2 features, the network has 12");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.learn("second", Examples.of(new float[][] {grey}, new int[] {0})))
                .withMessageContaining("a generator models values in [0, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        generator.learn("second", Examples.of(new float[][] {new float[FEATURES]}, new int[] {2})))
                .withMessage("an example has the label 2, the network has 2 classes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator.model("second"))
                .withMessage("no task second is learned: there are [first]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> generator(GATES.withGranularity(Granularity.PER_EXAMPLE)))
                .withMessageContaining("once per mini-batch");
        for (String estimator : List.of("disarm", "st-identity", "concrete")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> generator(GATES.withEstimator(
                            Estimators.BY_NAME.get(estimator).estimator())))
                    .withMessageContaining("use one that draws binary gates once");
        }
    }
}
