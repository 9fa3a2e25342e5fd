package sluice.framework.generator;

import java.util.Arrays;
import java.util.Map;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.internal.state.State;

/**
 * How likely a trained network finds examples: a bound of their log-likelihood, by samples with hard latents; of the class, too,
 * where there is one. The same random numbers serve each example, so that it makes no difference which others are asked for.
 * Immutable.
 *
 * @param model the network
 * @param seed of the samples
 */
public record ExampleLikelihood(GenerativeModel model, long seed) {
    /**
     * {@return bytes that {@link #state} tells}
     *
     * @param form of the network, which knows no classes
     * @param features of an example, at least 1
     * @throws ArithmeticException if there are too many to count
     */
    public static long bytes(ReplayForm form, int features) {
        long floats = features;
        for (long size : GenerativeModelDescription.sizes(form.shape(features, 1))) {
            floats = Math.addExact(floats, size);
        }
        return Math.addExact(Long.BYTES, Math.multiplyExact(floats, (long) Float.BYTES));
    }

    /**
     * {@return what was told by {@link #state}}
     *
     * @param form of the network, which knows no classes
     * @param features of an example, at least 1
     * @param kept what was told
     */
    public static ExampleLikelihood restored(ReplayForm form, int features, State kept) {
        TrainedGenerator trained = TrainedGenerator.zeros(form.shape(features, 1), ReplayForm.SLOPE);
        trained.state(kept.part("network"));
        return new ExampleLikelihood(
                new GenerativeModel(trained, ImageForm.of(features, 0), Map.of()), kept.count("seed", 0L));
    }

    /**
     * Tells the network and the seed.
     *
     * @param kept keeps them, for {@link #restored}
     */
    public void state(State kept) {
        model.trained().state(kept.part("network"));
        kept.count("seed", seed);
    }

    /**
     * Bounds of the log-likelihood of examples.
     *
     * @param values [at least rows][features], row-major
     * @param rows examples, at least 0
     * @param samples m of the importance-weighted bound, at least 1
     * @return the bounds, in nats
     */
    public double[] of(float[] values, int rows, int samples) {
        double[] bounds = new double[rows];
        try (BoundEvaluation evaluation = new BoundEvaluation(model)) {
            for (int row = 0; row < rows; row++) {
                bounds[row] = of(evaluation, values, row * model.shape().generated(), samples);
            }
        }
        return bounds;
    }

    double of(BoundEvaluation evaluation, float[] values, int from, int samples) {
        float[] example = Arrays.copyOfRange(values, from, from + model.shape().generated());
        float[] given = model.trained().given(example);
        return evaluation
                .bound(given, example, GeneratorPass.UNKNOWN, samples, new RandomStreams(seed).stream("bound"))
                .importanceWeighted();
    }
}
