package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import sluice.evaluation.run.ImageBound;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TrainingListener;

/** A training from its first step to the evaluation. */
final class GeneratorRun {
    private static final int VALIDATION_SAMPLES = 100;
    private static final int EXAMPLES = 20;
    /** Training images by which clusters without labels are named. */
    private static final int NAMING = 10_000;

    private final GeneratorTrainer trainer;
    private final GeneratorData data;
    private final GeneratorTest test;
    private final RandomStreams streams;
    private final TrainingListener listener;
    private final GeneratorSteps steps;

    GeneratorRun(
            GeneratorTrainer trainer, GeneratorData data, GeneratorTest test, long seed, TrainingListener listener) {
        GeneratorShape shape = trainer.shape();
        int features =
                shape.kind() == GeneratorShape.Kind.AUTOENCODER ? shape.generated() : shape.given() + shape.generated();
        checkArgument(
                features == data.features(),
                "examples have %s features, the network has %s",
                data.features(),
                features);
        checkArgument(
                shape.classes() == 0 || shape.classes() == data.classes(),
                "examples have %s classes, the network has %s",
                data.classes(),
                shape.classes());
        this.trainer = trainer;
        this.data = data;
        this.test = test;
        this.streams = new RandomStreams(seed);
        this.listener = listener;
        this.steps = new GeneratorSteps(trainer, data, streams, listener);
    }

    GeneratorResult result(Checkpoints checkpoints) {
        GenerativeModel model = steps.run(checkpoints);
        return evaluate(model, steps.seconds(), Stopwatch.createStarted());
    }

    private GeneratorResult evaluate(GenerativeModel model, double trainSeconds, Stopwatch evaluating) {
        Images all = data.test(trainer.binarisation());
        float[][] images = ModelImages.spread(all, test.images());
        ImmutableList<ImageBound> bounds = bounds(model, images, all.size());
        checkFinite(bounds);
        GeneratorResult.Validation validation = validation(model);
        float[][] every = ModelImages.spread(all, all.size());
        try (LatentEvaluation evaluation = new LatentEvaluation(model)) {
            int[] answers = evaluation.add(every, streams.stream("latent-use"));
            return new GeneratorResult(
                    model,
                    steps.curve(),
                    bounds,
                    evaluation.use(),
                    evaluation.parts(),
                    validation,
                    classAccuracy(model, all, answers),
                    List.of(Arrays.copyOf(every, Math.min(EXAMPLES, every.length))),
                    steps.plan().steps(),
                    trainSeconds,
                    evaluating.elapsed(TimeUnit.NANOSECONDS) / 1e9);
        }
    }

    private ImmutableList<ImageBound> bounds(GenerativeModel model, float[][] images, int all) {
        LikelihoodBound[] bounds = TestBounds.of(
                new ModelImages(model, images),
                test.samples(),
                streams.seed(),
                test.threads(),
                begun -> listener.imagesEvaluated(begun, images.length));
        ImmutableList.Builder<ImageBound> found = ImmutableList.builder();
        for (int i = 0; i < bounds.length; i++) {
            found.add(new ImageBound(
                    ModelImages.place(i, bounds.length, all) + 1,
                    bounds[i].importanceWeighted(),
                    bounds[i].evidence()));
        }
        return found.build();
    }

    /** A training may end with a last step too far. */
    private void checkFinite(List<ImageBound> bounds) {
        for (ImageBound bound : bounds) {
            double sum = bound.importanceWeighted() + bound.evidence();
            if (!Double.isFinite(sum)) {
                TrainingPlan plan = steps.plan();
                throw DivergedException.ofBound(plan.epochs(), plan.steps(plan.epochs() - 1), -sum);
            }
        }
    }

    private GeneratorResult.Validation validation(GenerativeModel model) {
        if (data.validation() == 0) {
            return GeneratorResult.Validation.NONE;
        }
        float[][] images = ModelImages.spread(data.held(trainer.binarisation()), test.images());
        LikelihoodBound[] bounds = TestBounds.of(
                new ModelImages(model, images),
                Math.min(VALIDATION_SAMPLES, test.samples()),
                streams.seed(),
                test.threads(),
                begun -> listener.imagesEvaluated(begun, images.length));
        return new GeneratorResult.Validation(
                OptionalDouble.of(-Arrays.stream(bounds)
                        .mapToDouble(LikelihoodBound::importanceWeighted)
                        .average()
                        .orElseThrow()),
                OptionalDouble.of(-Arrays.stream(bounds)
                        .mapToDouble(LikelihoodBound::evidence)
                        .average()
                        .orElseThrow()));
    }

    private OptionalDouble classAccuracy(GenerativeModel model, Images all, int[] answers) {
        int classes = trainer.shape().classes();
        if (classes == 0) {
            return OptionalDouble.empty();
        }
        int[] names = trainer.labels() > 0 ? null : names(model, classes);
        int right = 0;
        for (int i = 0; i < answers.length; i++) {
            int answer = names == null ? answers[i] : names[answers[i]];
            right += answer == all.label(i) ? 1 : 0;
        }
        return OptionalDouble.of(right / (double) answers.length);
    }

    /** The class that most training images of each value of the class latent have. */
    private int[] names(GenerativeModel model, int classes) {
        Images train = data.trainOnce(trainer.binarisation());
        float[][] images = ModelImages.spread(train, NAMING);
        int[][] counts = new int[classes][classes];
        try (LatentEvaluation evaluation = new LatentEvaluation(model)) {
            int[] values = evaluation.add(images, streams.stream("naming"));
            for (int i = 0; i < values.length; i++) {
                counts[values[i]][train.label(ModelImages.place(i, values.length, train.size()))]++;
            }
        }
        int[] names = new int[classes];
        for (int value = 0; value < classes; value++) {
            for (int c = 1; c < classes; c++) {
                names[value] = counts[value][c] > counts[value][names[value]] ? c : names[value];
            }
        }
        return names;
    }
}
