package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.Estimators;
import sluice.gating.GradientEstimator;
import sluice.gating.Progress;
import sluice.gating.Schedule;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.digits.Digits;

class GeneratorTrainingTest {
    private static final DataSet DIGITS = Digits.draw(400, 50, 1);
    private static final GeneratorShape SMALL =
            GeneratorShape.autoencoder(784, ImmutableList.of(LatentLayer.categorical(4, 3)), ImmutableList.of());

    private static GeneratorTrainer trainer(
            GeneratorShape shape, String estimator, int samples, ImageBinarisation binarisation) {
        GradientEstimator chosen = Estimators.BY_NAME.get(estimator).estimator();
        TrainingSettings settings = TrainingSettings.DEFAULT
                .withLength(new TrainingDuration.Iterations(150))
                .withOptimizer(Optimizer.adam(0.01));
        return new GeneratorTrainer(
                shape,
                chosen,
                new Schedule.Constant(1),
                samples,
                false,
                binarisation,
                0,
                ClassLearning.PLAIN,
                settings);
    }

    private static double[] losses(GeneratorTraining training) {
        double[] losses = new double[(int) training.plan().steps()];
        int at = 0;
        for (int epoch = 0; epoch < training.plan().epochs(); epoch++) {
            training.beginEpoch();
            Progress[] progress = training.plan().progress(epoch);
            for (int step = 0; step < progress.length; step++) {
                losses[at++] = training.step(step, progress[step]);
            }
        }
        return losses;
    }

    private static GeneratorTraining training(GeneratorTrainer trainer, long seed) {
        Images images = new Images(DIGITS.train(), Normalisation.UNIT_PIXELS, trainer.binarisation(), seed, "train");
        return new GeneratorTraining(trainer, images, ImmutableList.of(), new RandomStreams(seed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gumbel-softmax", "leave-one-out", "rebar", "reinmax"})
    void sameSeedGivesTheSameBitsAndTheBoundGrows(String estimator) {
        GeneratorTrainer trainer = trainer(SMALL, estimator, 1, ImageBinarisation.DYNAMIC);
        try (GeneratorTraining one = training(trainer, 1);
                GeneratorTraining two = training(trainer, 1);
                GeneratorTraining other = training(trainer, 2)) {
            double[] losses = losses(one);

            assertThat(losses(two)).containsExactly(losses);
            assertThat(losses(other)).isNotEqualTo(losses);
            assertThat(two.parts().parameters().get(0))
                    .containsExactly(one.parts().parameters().get(0));
            assertThat(IntStream.range(130, 150)
                            .mapToDouble(i -> losses[i])
                            .average()
                            .orElseThrow())
                    .isLessThan(0.9 * losses[0]);
        }
    }

    @Test
    void fixedBinarisationIsTheSameAtEachLookDynamicIsNot() {
        float[] first = new float[784];
        float[] second = new float[784];
        RandomGenerator noise = new SplittableRandom(1);
        Images fixed = new Images(DIGITS.train(), Normalisation.UNIT_PIXELS, ImageBinarisation.FIXED, 1, "train");
        Images dynamic = new Images(DIGITS.train(), Normalisation.UNIT_PIXELS, ImageBinarisation.DYNAMIC, 1, "train");

        fixed.binarised(3, first, noise);
        fixed.binarised(3, second, noise);
        assertThat(second).containsExactly(first).containsOnly(0, 1);

        dynamic.binarised(3, first, noise);
        dynamic.binarised(3, second, noise);
        assertThat(second).isNotEqualTo(first).containsOnly(0, 1);
    }

    @Test
    void valuesOutsideOfTheUnitIntervalAreRefused() {
        Examples examples = Examples.of(new float[][] {{0, 1}, {0.5f, 1.5f}}, new int[] {0, 1});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Images(examples, Normalisation.NONE, ImageBinarisation.FIXED, 1, "train").check())
                .withMessage("example 2 has the value 1.5 at feature 2, a generator models values in [0, 1]");
    }

    @Test
    void boundOfSeveralSamplesRefusesEstimatorsThatDrawSeveral() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(SMALL, "leave-one-out", 5, ImageBinarisation.FIXED))
                .withMessageContaining("estimator leave-one-out draws 2 samples of its own")
                .withMessageContaining("use samples 1, or an estimator of one sample");
    }

    @Test
    void estimatorsThatCannotServeSayWhichCan() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(SMALL, "concrete", 1, ImageBinarisation.FIXED))
                .withMessageContaining("gumbel-softmax");
    }
}
