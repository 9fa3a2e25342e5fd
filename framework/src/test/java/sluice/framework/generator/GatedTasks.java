package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import sluice.framework.gates.GateSettings;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.Adam;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.RmsProp;
import sluice.framework.optimizer.Sgd;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.GumbelSoftmax;
import sluice.gating.Schedule;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/** Small tasks of noisy patterns, and networks that are gated for them. */
final class GatedTasks {
    static final int FEATURES = 12;
    static final int EXAMPLES = 60;
    static final GateSettings GATES = GateSettings.DEFAULT.withSparsity(5);

    private GatedTasks() {}

    static GeneratorTrainer trainer(Optimizer optimizer) {
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
                ClassLearning.PLAIN,
                training);
    }

    /** Two classes of noisy patterns, other ones for each task. */
    static Examples task(int number) {
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

    static GatedGenerator generator(GateSettings gates) {
        return new GatedGenerator(trainer(Optimizer.adam(0.01)), gates, 5);
    }

    static GeneratorTraining training(GeneratorTrainer trainer, int task, PartsLearning learning) {
        Images images = new Images(task(task), Normalisation.NONE, ImageBinarisation.NONE, 1, "train");
        ImmutableList<Integer> all = IntStream.range(0, EXAMPLES).boxed().collect(ImmutableList.toImmutableList());
        return new GeneratorTraining(trainer, images, all, new RandomStreams(8), learning);
    }

    static Stream<Arguments> optimisersAndEstimators() {
        return Stream.of(Adam.of(0.02, 0.1), new Sgd(0.02, 0, 0.1), new Sgd(0.02, 0.9, 0.1), RmsProp.of(0.01, 0.1))
                .flatMap(optimizer -> Stream.of("st-open", "centred").map(name -> Arguments.of(optimizer, name)));
    }

    static Stream<MapParameters> hidden(GatedGenerator generator) {
        return generator.stacks().stream().flatMap(stack -> stack.hidden().stream());
    }

    static List<MapParameters> copies(GatedGenerator generator) {
        return hidden(generator)
                .map(map -> new MapParameters(
                        Arrays.stream(map.weights()).map(float[]::clone).toArray(float[][]::new),
                        map.biases().clone()))
                .toList();
    }
}
