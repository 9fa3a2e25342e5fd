package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.Reuse;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.Adam;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.RmsProp;
import sluice.framework.optimizer.Sgd;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.Estimators;
import sluice.gating.Granularity;
import sluice.gating.GumbelSoftmax;
import sluice.gating.Progress;
import sluice.gating.Schedule;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/** One network for all tasks: what a consolidated task uses never moves, and so neither do its samples and likelihoods. */
class GatedGeneratorTest {
    private static final int FEATURES = 12;
    private static final int EXAMPLES = 60;
    private static final GateSettings GATES = GateSettings.DEFAULT.withSparsity(5);

    private static GeneratorTrainer trainer(Optimizer optimizer) {
        GeneratorShape shape = GeneratorShape.autoencoder(
                        FEATURES,
                        ImmutableList.of(LatentLayer.categorical(2, 3), LatentLayer.categorical(2, 2)),
                        ImmutableList.of(9, 7))
                .withClasses(2);
        TrainingSettings training = TrainingSettings.DEFAULT
                .withLength(new TrainingDuration.Iterations(60))
                .withOptimizer(optimizer);
        return new GeneratorTrainer(
                shape,
                new GumbelSoftmax(new Schedule.Constant(1), false),
                new Schedule.Constant(1),
                1,
                false,
                ImageBinarisation.NONE,
                EXAMPLES,
                1,
                training);
    }

    /** Two classes of noisy patterns, other ones for each task. */
    private static Examples task(int number) {
        RandomGenerator random = new SplittableRandom(number);
        float[][] patterns = new float[2][FEATURES];
        for (float[] pattern : patterns) {
            for (int j = 0; j < FEATURES; j++) {
                pattern[j] = random.nextInt(2);
            }
        }
        float[][] features = new float[EXAMPLES][FEATURES];
        int[] labels = new int[EXAMPLES];
        for (int i = 0; i < EXAMPLES; i++) {
            labels[i] = i % 2;
            for (int j = 0; j < FEATURES; j++) {
                float pixel = patterns[labels[i]][j];
                features[i][j] = random.nextInt(20) == 0 ? 1 - pixel : pixel;
            }
        }
        return Examples.of(features, labels);
    }

    private static GatedGenerator generator(GateSettings gates) {
        return new GatedGenerator(trainer(Optimizer.adam(0.01)), gates, 5);
    }

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

    static Stream<Arguments> optimisersAndEstimators() {
        return Stream.of(Adam.of(0.02, 0.1), new Sgd(0.02, 0, 0.1), new Sgd(0.02, 0.9, 0.1), RmsProp.of(0.01, 0.1))
                .flatMap(optimizer -> Stream.of("st-open", "centred").map(name -> Arguments.of(optimizer, name)));
    }

    @ParameterizedTest
    @MethodSource("optimisersAndEstimators")
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

    private static Stream<MapParameters> hidden(GatedGenerator generator) {
        return generator.stacks().stream().flatMap(stack -> stack.hidden().stream());
    }

    private static List<MapParameters> copies(GatedGenerator generator) {
        return hidden(generator)
                .map(map -> new MapParameters(
                        Arrays.stream(map.weights()).map(float[]::clone).toArray(float[][]::new),
                        map.biases().clone()))
                .toList();
    }

    private static boolean sameBits(float one, float other) {
        return Float.floatToRawIntBits(one) == Float.floatToRawIntBits(other);
    }

    @ParameterizedTest
    @MethodSource("optimisersAndEstimators")
    void frozenEntriesAndTheirMomentsAreNeverWritten(Optimizer optimizer, String estimator) {
        GateSettings gates =
                GATES.withEstimator(Estimators.BY_NAME.get(estimator).estimator());
        GeneratorTrainer trainer = trainer(optimizer);
        GatedGenerator generator = new GatedGenerator(trainer, gates, 5);
        generator.learn("first", task(0));
        List<MapParameters> before = copies(generator);
        GatedLearning second =
                new GatedLearning(generator.stacks(), gates, optimizer.begin().moments(), new RandomStreams(8));
        int moved = 0;
        int frozen = 0;

        try (GeneratorTraining training = training(trainer, 1, second)) {
            training.run();
            int at = 0;
            for (int s = 0; s < generator.stacks().size(); s++) {
                SharedStack stack = generator.stacks().get(s);
                for (int layer = 0; layer < stack.hidden().size(); layer++, at++) {
                    OpenMap map = second.stacks().get(s).maps().get(layer);
                    BitSet[] weights = stack.frozenWeights(layer);
                    for (int input = 0; input < weights.length; input++) {
                        float[] row = map.parameters().weights()[input];
                        for (int unit = 0; unit < row.length; unit++) {
                            boolean same = sameBits(row[unit], before.get(at).weights()[input][unit]);
                            if (weights[input].get(unit)) {
                                frozen++;
                                assertThat(same).isTrue();
                                for (float[] moments : map.moments(input)) {
                                    assertThat(moments[unit]).isZero();
                                }
                            }
                            moved += same ? 0 : 1;
                        }
                    }
                    for (int unit : stack.frozenBiases(layer).stream().toArray()) {
                        assertThat(map.parameters().biases()[unit])
                                .isEqualTo(before.get(at).biases()[unit]);
                    }
                }
            }
        }

        assertThat(frozen).isPositive();
        assertThat(moved).isPositive();
    }

    private static GeneratorTraining training(GeneratorTrainer trainer, int task, PartsLearning learning) {
        Images images = new Images(task(task), Normalisation.NONE, ImageBinarisation.NONE, 1, "train");
        ImmutableList<Integer> all = IntStream.range(0, EXAMPLES).boxed().collect(ImmutableList.toImmutableList());
        return new GeneratorTraining(trainer, images, all, new RandomStreams(8), learning);
    }

    /** The stack at full width, with zeros in and so tanh(0) = 0 out of closed units. */
    private static List<float[]> fullWidth(GatedStack stack) {
        List<float[]> maps = new ArrayList<>();
        for (int m = 0; m < stack.maps().size(); m++) {
            MapParameters map = stack.maps().get(m).parameters();
            int units = map.units();
            float[] all = map.part(SharedStack.all(map.inputs()), SharedStack.all(units), map.inputs(), units);
            if (m < stack.maps().size() - 1) {
                List<Integer> open = Arrays.stream(stack.open(m)).boxed().toList();
                for (int k = 0; k < all.length; k++) {
                    all[k] = open.contains(k % units) ? all[k] : 0;
                }
            }
            maps.add(all);
        }
        return maps;
    }

    private static double loss(GeneratorTrainer trainer, List<float[]> stacks) {
        try (GeneratorTraining training = training(trainer, 1, new AllParts())) {
            return loss(training, stacks);
        }
    }

    private static double loss(GeneratorTraining training, List<float[]> stacks) {
        ImmutableList.Builder<float[]> parameters = ImmutableList.builder();
        training.parts()
                .set(parameters
                        .addAll(stacks)
                        .addAll(training.parts().learnedPriors())
                        .build());
        return loss(training);
    }

    private static double loss(GeneratorTraining training) {
        int examples = training.feed().feed(0, training.pass());
        double loss = training.gradient(examples, Progress.START);
        return loss + training.pass().labelLoss(new Lane(), examples);
    }

    @Test
    void gradientsAreThoseOfTheNetworkWithoutItsClosedUnits() {
        GeneratorTrainer trainer = trainer(Optimizer.adam(0.01));
        GatedGenerator generator = generator(GATES);
        generator.learn("first", task(0));
        GatedLearning learning = new GatedLearning(generator.stacks(), GATES, 2, new RandomStreams(8));
        try (GeneratorTraining gated = training(trainer, 1, learning);
                GeneratorTraining dense = training(trainer, 1, new AllParts())) {
            double loss = loss(gated);
            List<float[]> full = learning.stacks().stream()
                    .flatMap(stack -> fullWidth(stack).stream())
                    .toList();

            assertThat(loss(dense, full)).isCloseTo(loss, within(1e-4));
            int at = 0;
            for (int s = 0; s < learning.stacks().size(); s++) {
                GatedStack stack = learning.stacks().get(s);
                for (int m = 0; m < stack.maps().size(); m++, at++) {
                    MapParameters map = stack.maps().get(m).parameters();
                    int[] inputs = m == 0 ? SharedStack.all(map.inputs()) : stack.open(m - 1);
                    int[] units = m == 2 ? SharedStack.all(map.units()) : stack.open(m);
                    float[] open = gated.parts().gradient().get(at);
                    float[] whole = dense.parts().gradient().get(at);
                    for (int a = 0; a < inputs.length; a++) {
                        for (int k = 0; k < units.length; k++) {
                            assertThat(open[a * units.length + k])
                                    .isCloseTo(whole[inputs[a] * map.units() + units[k]], within(1e-5f));
                        }
                    }
                }
            }
        }
    }

    @Test
    void gatesAreToldTheDerivativeAtTheirUnits() {
        GeneratorTrainer trainer = trainer(Optimizer.adam(0.01));
        GatedGenerator generator = generator(GATES);
        generator.learn("first", task(0));
        GatedLearning learning = new GatedLearning(generator.stacks(), GATES, 2, new RandomStreams(8));
        try (GeneratorTraining gated = training(trainer, 1, learning)) {
            loss(gated);
            List<float[]> full = learning.stacks().stream()
                    .flatMap(stack -> fullWidth(stack).stream())
                    .toList();

            for (int s = 0; s < learning.stacks().size(); s++) {
                GatedStack stack = learning.stacks().get(s);
                for (int layer = 0; layer < 2; layer++) {
                    int outputs = stack.maps().get(layer + 1).parameters().units();
                    for (int k = 0; k < stack.open(layer).length; k++) {
                        int unit = stack.open(layer)[k];
                        double more = loss(trainer, scaled(full, 3 * s + layer + 1, unit, outputs, 1.02f));
                        double less = loss(trainer, scaled(full, 3 * s + layer + 1, unit, outputs, 0.98f));
                        assertThat(gated.parts().stacks().get(s).unitGradients(layer)[k])
                                .isCloseTo((more - less) / 0.04, within(1e-3));
                    }
                }
            }
        }
    }

    /** A factor on a hidden unit's value is one on its weights into the next map. */
    private static List<float[]> scaled(List<float[]> maps, int map, int unit, int outputs, float factor) {
        List<float[]> scaled = new ArrayList<>(maps);
        float[] weights = maps.get(map).clone();
        for (int j = 0; j < outputs; j++) {
            weights[unit * outputs + j] *= factor;
        }
        scaled.set(map, weights);
        return scaled;
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
            heads += (stack.openUnits("first", 1) + 1) * outputs;
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
