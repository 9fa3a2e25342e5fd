package sluice.framework.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.generator.ClassConsistency;
import sluice.framework.generator.ClassLearning;
import sluice.framework.generator.GeneratorResult;
import sluice.framework.generator.GeneratorShape;
import sluice.framework.generator.GeneratorTest;
import sluice.framework.generator.GeneratorTrainer;
import sluice.framework.generator.ImageBinarisation;
import sluice.framework.generator.LatentLayer;
import sluice.framework.generator.Stripes;
import sluice.framework.result.TrainingListener;
import sluice.gating.Estimators;
import sluice.gating.Schedule;

/** A network that generates goes on from a checkpoint as if nothing had happened. */
class GeneratorCheckpointTest {
    /** Ten of a pass. */
    private static final int STEPS = 55;

    private static final LatentLayer CATEGORICAL = LatentLayer.categorical(2, 4);
    private static final LatentLayer BERNOULLI = LatentLayer.bernoulli(5);

    @TempDir
    private Path folder;

    private static GeneratorTrainer trainer(GeneratorShape shape, String estimator) {
        GeneratorTrainer plain = Stripes.trainer(shape, 0, STEPS);
        return new GeneratorTrainer(
                shape,
                Estimators.BY_NAME.get(estimator).estimator(),
                new Schedule.Exponential(1, 1.1, 2),
                1,
                false,
                ImageBinarisation.DYNAMIC,
                0,
                ClassLearning.PLAIN,
                plain.training());
    }

    private static GeneratorTrainer with(GeneratorTrainer trainer, int samples, boolean variate) {
        return new GeneratorTrainer(
                trainer.shape(),
                trainer.estimator(),
                trainer.slope(),
                samples,
                variate,
                trainer.binarisation(),
                trainer.labels(),
                trainer.classLearning(),
                trainer.training());
    }

    private static GeneratorTrainer withLabels(GeneratorTrainer trainer, int labels, ClassConsistency consistency) {
        return new GeneratorTrainer(
                trainer.shape(),
                trainer.estimator(),
                trainer.slope(),
                1,
                false,
                trainer.binarisation(),
                labels,
                new ClassLearning(1, consistency),
                trainer.training());
    }

    static Stream<Arguments> trainers() {
        GeneratorShape layers = Stripes.autoencoder(BERNOULLI, BERNOULLI);
        GeneratorShape hidden =
                GeneratorShape.autoencoder(Stripes.FEATURES, ImmutableList.of(BERNOULLI), ImmutableList.of(6));
        GeneratorShape classes = Stripes.autoencoder(CATEGORICAL).withClasses(Stripes.SIDE);
        ClassConsistency consistency = new ClassConsistency(new Schedule.Constant(1), 0.5, 1, 0.1);
        return Stream.of(
                Arguments.of("straight-through", trainer(layers, "st-sigmoid")),
                Arguments.of("hidden units, relax", trainer(hidden, "relax")),
                Arguments.of("muprop", trainer(layers, "muprop")),
                Arguments.of("centred", trainer(layers, "centred")),
                Arguments.of("several samples", with(trainer(layers, "unbiased"), 4, false)),
                Arguments.of("variate", with(trainer(Stripes.autoencoder(BERNOULLI), "unbiased"), 1, true)),
                Arguments.of("structured", trainer(Stripes.structured(CATEGORICAL, BERNOULLI), "st-sigmoid")),
                Arguments.of("classes", withLabels(trainer(classes, "st-sigmoid"), 8, ClassConsistency.NONE)),
                Arguments.of("consistency", withLabels(trainer(classes, "st-sigmoid"), 8, consistency)));
    }

    private static GeneratorResult train(GeneratorTrainer trainer, Checkpoints checkpoints) {
        return trainer.train(Stripes.data(30), new GeneratorTest(5, 20, 1), 3, TrainingListener.SILENT, checkpoints);
    }

    private byte[] model(GeneratorResult result) throws IOException {
        Path file = folder.resolve("model.sluice");
        result.model().save(file);
        return Files.readAllBytes(file);
    }

    /** Takes one after every step, and keeps the last. */
    private static final class Often implements Checkpoints {
        private Checkpoint last;

        @Override
        public Optional<Checkpoint> start() {
            return Optional.empty();
        }

        @Override
        public boolean due() {
            return true;
        }

        @Override
        public void take(Checkpoint checkpoint) {
            last = checkpoint;
        }
    }

    @Test
    void secondsAreCountedOnceHoweverManyCheckpointsAreTaken() {
        GeneratorTrainer trainer = trainer(Stripes.autoencoder(BERNOULLI), "st-sigmoid");
        Often often = new Often();
        long began = System.nanoTime();

        double seconds = train(trainer, often).trainSeconds();
        double whole = (System.nanoTime() - began) / 1e9;
        double resumed = train(trainer, new From(often.last)).trainSeconds();

        assertThat(seconds).isLessThanOrEqualTo(whole);
        assertThat(resumed).isBetween(0.5 * seconds, seconds + whole);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trainers")
    void goesOnWithTheSameBits(String name, GeneratorTrainer trainer) throws IOException {
        GeneratorResult whole = train(trainer, Checkpoints.NONE);
        byte[] expected = model(whole);
        for (int done : new int[] {1, 9, 10, 37, STEPS}) {
            Path file = folder.resolve("checkpoint.sluice");
            KilledAfter killed = new KilledAfter(done);
            assertThatThrownBy(() -> train(trainer, killed)).isInstanceOf(CancellationException.class);
            killed.taken().save(file);

            GeneratorResult resumed = train(trainer, new From(Checkpoint.load(file)));

            assertThat(model(resumed)).isEqualTo(expected);
            assertThat(resumed.curve()).isEqualTo(whole.curve());
            assertThat(resumed.bounds()).isEqualTo(whole.bounds());
            assertThat(resumed.steps()).isEqualTo(STEPS);
        }
    }
}
