package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.run.BoundPoint;
import sluice.evaluation.run.LatentUse;
import sluice.framework.result.TrainingListener;

/** A training from its first step to the evaluation. */
class GeneratorRunTest {
    private static final GeneratorTest TEST = new GeneratorTest(50, Integer.MAX_VALUE, 1);
    private static final LatentLayer CATEGORICAL = LatentLayer.categorical(2, 4);

    private static GeneratorResult train(GeneratorShape shape, int labels, int steps) {
        return Stripes.trainer(shape, labels, steps).train(Stripes.data(0), TEST, 1, TrainingListener.SILENT);
    }

    @Test
    void theBoundFallsAndIsReportedPerTestImage() {
        GeneratorResult result = train(Stripes.autoencoder(CATEGORICAL), 0, 400);

        assertThat(result.steps()).isEqualTo(400);
        assertThat(result.curve())
                .extracting(BoundPoint::step)
                .startsWith(2L, 4L)
                .endsWith(400L);
        assertThat(result.curve().get(199).train())
                .isLessThan(result.curve().get(0).train() - 2);
        assertThat(result.bounds()).hasSize(60);
        assertThat(result.bounds().get(59).image()).isEqualTo(60);
        // an image has an entropy of log 4 + 16 H(0.05) = 4.6 nats
        assertThat(result.nll()).isBetween(3.5, 6.0).isLessThanOrEqualTo(result.negativeElbo());
    }

    @Test
    void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() {
        GeneratorTrainer trainer = Stripes.trainer(Stripes.autoencoder(LatentLayer.bernoulli(6)), 0, 30);

        GeneratorResult one = trainer.train(Stripes.data(0), TEST, 7, TrainingListener.SILENT);
        GeneratorResult two =
                trainer.train(Stripes.data(0), new GeneratorTest(50, Integer.MAX_VALUE, 3), 7, TrainingListener.SILENT);
        GeneratorResult other = trainer.train(Stripes.data(0), TEST, 8, TrainingListener.SILENT);

        assertThat(two.bounds()).isEqualTo(one.bounds());
        assertThat(two.curve()).isEqualTo(one.curve());
        assertThat(two.latents()).isEqualTo(one.latents());
        assertThat(other.bounds()).isNotEqualTo(one.bounds());
    }

    @Test
    void boundsAreThoseOfTheModel() {
        GeneratorResult result = train(Stripes.autoencoder(CATEGORICAL), 0, 20);
        float[][] images = ModelImages.spread(Stripes.data(0).test(ImageBinarisation.FIXED), 60);

        LikelihoodBound[] bounds = result.model().logLikelihood(images, 50, 1, 1);

        for (int i = 0; i < 60; i++) {
            assertThat(result.bounds().get(i).importanceWeighted()).isEqualTo(bounds[i].importanceWeighted());
            assertThat(result.bounds().get(i).evidence()).isEqualTo(bounds[i].evidence());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void divergencesOfVariablesAddUpToThatOfTheBound(int classes) {
        GeneratorShape shape = Stripes.autoencoder(CATEGORICAL);

        GeneratorResult result = train(classes == 0 ? shape : shape.withClasses(classes), 0, 100);

        double sum = result.latents().stream().mapToDouble(LatentUse::kl).sum();
        assertThat(sum).isCloseTo(result.parts().divergence().orElseThrow(), within(1e-4));
        assertThat(result.parts().divergence().orElseThrow() + result.parts().reconstruction())
                .isCloseTo(result.negativeElbo(), within(0.5));
    }

    @Test
    void aStructuredNetworkHasNoDivergenceButItsLatentsAreUsed() {
        GeneratorResult result = train(Stripes.structured(CATEGORICAL, LatentLayer.bernoulli(5)), 0, 300);

        assertThat(result.parts().divergence()).isEmpty();
        assertThat(result.latents()).hasSize(7);
        assertThat(result.latents()).extracting(LatentUse::layer).containsExactly(1, 1, 2, 2, 2, 2, 2);
        assertThat(result.activeLatents()).isPositive();
        // 8 H(0.05) = 1.6 nats, as the upper half tells the class
        assertThat(result.nll()).isBetween(1.0, 2.5);
    }

    @Test
    void theClassIsLearnedFromAllLabelsAndFromAFew() {
        GeneratorShape shape = Stripes.autoencoder(CATEGORICAL).withClasses(Stripes.SIDE);

        GeneratorResult all = train(shape, Integer.MAX_VALUE, 200);
        GeneratorResult few = train(shape, 8, 200);

        assertThat(all.classAccuracy().orElseThrow()).isGreaterThan(0.95);
        assertThat(few.classAccuracy().orElseThrow()).isGreaterThan(0.9);
        assertThat(all.latents().get(0).layer()).isZero();
    }

    @Test
    void aClassWithoutLabelsIsNamedByTrainingImages() {
        GeneratorShape shape = Stripes.autoencoder(LatentLayer.bernoulli(1)).withClasses(Stripes.SIDE);

        GeneratorResult result = train(shape, 0, 600);

        assertThat(result.classAccuracy().orElseThrow()).isGreaterThan(0.45);
    }

    @Test
    void whatIsHeldOutIsLookedAtSeldom() {
        GeneratorTrainer trainer = Stripes.trainer(Stripes.autoencoder(CATEGORICAL), 0, 400);

        GeneratorResult result = trainer.train(Stripes.data(50), TEST, 1, TrainingListener.SILENT);

        assertThat(result.curve().stream().filter(point -> point.validation().isPresent()))
                .hasSize(10);
        assertThat(result.validation().importanceWeighted().orElseThrow()).isBetween(3.5, 7.0);
        assertThat(result.validation().evidence().orElseThrow())
                .isGreaterThanOrEqualTo(result.validation().importanceWeighted().orElseThrow());
        assertThat(train(Stripes.autoencoder(CATEGORICAL), 0, 20).validation())
                .isEqualTo(GeneratorResult.Validation.NONE);
    }

    @Test
    void aListenerHearsStepsAndImages() {
        List<String> heard = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void taskStarted(String task, int position, long steps) {
                heard.add(task + " " + steps);
            }

            @Override
            public void stepDone(int epoch, double loss, double accuracy) {
                heard.add("step of epoch " + epoch);
            }

            @Override
            public void imagesEvaluated(int begun, int all) {
                heard.add(begun + " of " + all);
            }
        };

        Stripes.trainer(Stripes.autoencoder(CATEGORICAL), 0, 11)
                .train(Stripes.data(0), new GeneratorTest(1, 3, 1), 1, listener);

        assertThat(heard)
                .startsWith("stripes 11", "step of epoch 1")
                .endsWith("step of epoch 2", "1 of 3", "2 of 3", "3 of 3")
                .hasSize(15);
    }

    @Test
    void whatAListenerThrowsEndsTheEvaluationOnAllThreads() {
        TrainingListener listener = new TrainingListener() {
            @Override
            public void imagesEvaluated(int begun, int all) {
                throw new IllegalStateException("enough");
            }
        };
        GeneratorTrainer trainer = Stripes.trainer(Stripes.autoencoder(CATEGORICAL), 0, 1);

        assertThatThrownBy(() -> trainer.train(Stripes.data(0), new GeneratorTest(1, 60, 2), 1, listener))
                .hasMessage("enough");
    }

    @Test
    void dataOfAnotherFormAreRefused() {
        GeneratorShape wider = GeneratorShape.autoencoder(9, ImmutableList.of(CATEGORICAL), ImmutableList.of());

        assertThatThrownBy(() -> train(wider, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("examples have 16 features, the network has 9");
        assertThatThrownBy(() -> train(Stripes.autoencoder(CATEGORICAL).withClasses(3), 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("examples have 4 classes, the network has 3");
    }
}
