package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Stopwatch;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import sluice.evaluation.run.BoundPoint;
import sluice.evaluation.run.ImageBound;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.TrainingPlan;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TrainingListener;
import sluice.gating.Progress;

/** A training from its first step to the evaluation. */
final class GeneratorRun {
    private static final int POINTS = 200;
    private static final int VALIDATIONS = 10;
    private static final int VALIDATION_IMAGES = 1000;
    private static final int VALIDATION_SAMPLES = 100;
    private static final int EXAMPLES = 20;
    /** Training images by which clusters without labels are named. */
    private static final int NAMING = 10_000;

    private final GeneratorTrainer trainer;
    private final GeneratorData data;
    private final GeneratorTest test;
    private final RandomStreams streams;
    private final TrainingListener listener;
    private final List<BoundPoint> curve = new ArrayList<>();
    /** Of training: looks at what is held out are not counted. */
    private final Stopwatch watch = Stopwatch.createUnstarted();

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
    }

    GeneratorResult result() {
        Images images = data.train(trainer.binarisation());
        watch.start();
        GenerativeModel model = train(images);
        return evaluate(model, watch.elapsed(TimeUnit.NANOSECONDS) / 1e9, Stopwatch.createStarted());
    }

    private GenerativeModel train(Images images) {
        int labels = trainer.labels();
        ImmutableList<Integer> known = labels == 0
                ? ImmutableList.of()
                : KnownLabels.choose(images, labels, trainer.shape().classes(), streams.stream("known-labels"));
        try (GeneratorTraining training = new GeneratorTraining(trainer, images, known, streams)) {
            TrainingPlan plan = training.plan();
            listener.taskStarted(data.set().name(), 1, plan.steps());
            CurvePoints points = new CurvePoints(plan.steps());
            for (int epoch = 0; epoch < plan.epochs(); epoch++) {
                training.beginEpoch();
                Progress[] progress = plan.progress(epoch);
                for (int step = 0; step < plan.steps(epoch); step++) {
                    double loss = training.step(step, progress[step]);
                    if (!Double.isFinite(loss)) {
                        throw DivergedException.ofBound(epoch + 1, step + 1, loss);
                    }
                    points.add(loss, training, progress[step]);
                    listener.stepDone(epoch + 1, loss, Double.NaN);
                }
            }
            return model(training, plan.last(plan.epochs() - 1));
        }
    }

    private GenerativeModel model(GeneratorTraining training, Progress progress) {
        GeneratorShape shape = trainer.shape();
        return new GenerativeModel(
                        shape,
                        training.parts().parameters(),
                        training.feed().mean(),
                        trainer.slope().at(progress))
                .withImages(ImageForm.of(data.set(), shape.classes(), trainer.labels() > 0));
    }

    /** The bound over the steps: a point per so many of them, a few with what is held out. */
    private final class CurvePoints {
        private final long steps;
        private final long every;
        private final long everyValidation;
        private final float[][] held;
        private double sum;
        private long done;
        private long last;

        CurvePoints(long steps) {
            this.steps = steps;
            this.every = Math.max(1, steps / POINTS);
            this.everyValidation = every * Math.max(1, steps / every / VALIDATIONS);
            this.held = data.validation() == 0
                    ? new float[0][]
                    : ModelImages.spread(data.held(trainer.binarisation()), VALIDATION_IMAGES);
        }

        void add(double loss, GeneratorTraining training, Progress progress) {
            sum += loss;
            done++;
            if (done % every == 0 || done == steps) {
                boolean looks = held.length > 0 && (done % everyValidation == 0 || done == steps);
                curve.add(new BoundPoint(
                        done,
                        sum / (done - last),
                        looks ? OptionalDouble.of(negativeElbo(model(training, progress))) : OptionalDouble.empty()));
                sum = 0;
                last = done;
            }
        }

        private double negativeElbo(GenerativeModel model) {
            watch.stop();
            try (LatentEvaluation evaluation = new LatentEvaluation(model)) {
                evaluation.add(held, streams.stream("validation"));
                GeneratorResult.Parts parts = evaluation.parts();
                return parts.divergence().orElse(0) + parts.reconstruction();
            } finally {
                watch.start();
            }
        }
    }

    private GeneratorResult evaluate(GenerativeModel model, double trainSeconds, Stopwatch evaluating) {
        Images all = data.test(trainer.binarisation());
        float[][] images = ModelImages.spread(all, test.images());
        ImmutableList<ImageBound> bounds = bounds(model, images, all.size());
        GeneratorResult.Validation validation = validation(model);
        float[][] every = ModelImages.spread(all, all.size());
        try (LatentEvaluation evaluation = new LatentEvaluation(model)) {
            int[] answers = evaluation.add(every, streams.stream("latent-use"));
            return new GeneratorResult(
                    model,
                    ImmutableList.copyOf(curve),
                    bounds,
                    evaluation.use(),
                    evaluation.parts(),
                    validation,
                    classAccuracy(model, all, answers),
                    List.of(Arrays.copyOf(every, Math.min(EXAMPLES, every.length))),
                    curve.get(curve.size() - 1).step(),
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
