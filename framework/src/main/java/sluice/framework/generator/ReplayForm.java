package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.gating.GumbelSoftmax;
import sluice.gating.Schedule;

/**
 * The generators of replayed examples: autoencoders with two layers of categorical latents below the class.
 *
 * @param hidden tanh units within each map, at least 1
 * @param variables of the lower layer of latents, at least 1; the upper one has half as many
 * @param choices values of each, at least 2
 * @param iterations steps of training, at least 1
 * @param learningRate of Adam at the first step, above 0; it falls to 0
 */
public record ReplayForm(int hidden, int variables, int choices, int iterations, double learningRate) {
    /** What logits of latents are multiplied by when training has ended. */
    static final double SLOPE = 1;

    private static final int BATCH = 128;

    /** Checks the ranges. */
    public ReplayForm {
        checkArgument(hidden >= 1, "hidden must be at least 1, got %s", hidden);
        checkArgument(variables >= 1, "variables must be at least 1, got %s", variables);
        checkArgument(choices >= 2, "choices must be at least 2, got %s", choices);
        checkArgument(iterations >= 1, "iterations must be at least 1, got %s", iterations);
        checkArgument(learningRate > 0, "learningRate must be above 0, got %s", learningRate);
    }

    /**
     * {@return bytes of a generator's parameters}
     *
     * @param features of an example, at least 1
     * @param classes that it can be asked for, at least 1
     */
    public long bytes(int features, int classes) {
        return Float.BYTES * GeneratorCost.of(trainer(features, classes, 1)).parameters();
    }

    /**
     * Tells its numbers.
     *
     * @param state keeps them, or gives what was kept
     * @return what the form is from now on
     * @throws IllegalArgumentException if what was kept is out of range
     */
    public ReplayForm told(State state) {
        return new ReplayForm(
                state.count("hidden", hidden),
                state.count("variables", variables),
                state.count("choices", choices),
                state.count("iterations", iterations),
                state.number("learning-rate", learningRate));
    }

    /** Of a generator for so many classes. */
    GeneratorShape shape(int features, int classes) {
        GeneratorShape shape = GeneratorShape.autoencoder(
                features,
                ImmutableList.of(
                        LatentLayer.categorical(variables, choices),
                        LatentLayer.categorical(Math.max(1, variables / 2), choices)),
                ImmutableList.of(hidden));
        return classes > 1 ? shape.withClasses(classes) : shape;
    }

    /** A training of a generator for so many classes. */
    GeneratorTrainer trainer(int features, int classes, int examples) {
        TrainingSettings settings = TrainingSettings.DEFAULT
                .withLength(new TrainingDuration.Iterations(iterations))
                .withOptimizer(Optimizer.adam(learningRate))
                .withLearningRateFactor(new Schedule.Cosine(1, 0.001));
        settings = new TrainingSettings(
                settings.length(),
                BATCH,
                settings.optimizer(),
                settings.gradientClip(),
                settings.learningRateFactor(),
                settings.loss());
        return new GeneratorTrainer(
                shape(features, classes),
                new GumbelSoftmax(new Schedule.Cosine(1, 0.5), false),
                new Schedule.Constant(1),
                1,
                false,
                ImageBinarisation.NONE,
                classes > 1 ? examples : 0,
                ClassLearning.PLAIN,
                settings);
    }
}
