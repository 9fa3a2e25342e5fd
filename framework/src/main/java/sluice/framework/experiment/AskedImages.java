package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.generator.GenerationRequest;
import sluice.framework.generator.GenerativeModel;
import sluice.framework.generator.NearestImages;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingDuration;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TestAnswers;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.Curriculum;
import sluice.framework.strategy.FineTuning;
import sluice.framework.strategy.Setup;
import sluice.gating.Schedule;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * Images that a network generates when a class is asked for, judged by what it has no part in: a classifier that learned the
 * training images, and the distances to these.
 *
 * @param set real images
 * @param normalisation makes values in [0, 1] of theirs
 * @param count images to ask for, of each class in turn; at least one of each
 * @param seed of all randomness
 * @param threads of the classifier
 */
record AskedImages(DataSet set, Normalisation normalisation, int count, long seed, int threads) {
    /** Smaller images are judged by a classifier without convolutions. */
    private static final int LEAST_SIDE = 16;

    JudgedImages judge(GenerativeModel model, TrainingListener listener) {
        int classes = model.shape().classes();
        Integer[] inTurn = IntStream.range(0, classes).boxed().toArray(Integer[]::new);
        GenerationRequest request = GenerationRequest.of(count, seed).ofClasses(inTurn);
        float[][] images = images(model, request, listener);
        float[][] first = images(model, request.asFirstDrawn(), listener);
        TestAnswers answers = answers(images, first, classes, listener);
        int real = set.test().size();
        double[] shares = IntStream.range(0, classes)
                .mapToDouble(c -> right(answers, i -> i >= real && i < real + count && (i - real) % classes == c))
                .toArray();
        return new JudgedImages(
                count,
                right(answers, i -> i >= real && i < real + count),
                Arrays.stream(shares).min().orElseThrow(),
                right(answers, i -> i >= real + count),
                right(answers, i -> i < real),
                distance(images, classes, false, listener),
                distance(images, classes, true, listener));
    }

    private float[][] images(GenerativeModel model, GenerationRequest request, TrainingListener listener) {
        float[][] images = new float[count][];
        model.sample(request, image -> {
            listener.judging();
            images[image.index()] = image.pixels();
        });
        return images;
    }

    /** The share of some answers that are right. */
    private static double right(TestAnswers answers, IntPredicate some) {
        return IntStream.range(0, answers.answers().length)
                .filter(some)
                .mapToDouble(i -> answers.answers()[i] == answers.actual(i) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    /** What the classifier says of real test images, then of those that were asked for, then of these as first drawn. */
    private TestAnswers answers(float[][] images, float[][] first, int classes, TrainingListener listener) {
        int real = set.test().size();
        float[][] rows = new float[real + 2 * count][];
        int[] labels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int asked = (i - real) % count;
            rows[i] = i < real ? set.test().row(i) : raw(i < real + count ? images[asked] : first[asked]);
            labels[i] = i < real ? set.test().label(i) : asked % classes;
        }
        Task task = new Task(
                "all",
                IntStream.range(0, classes).boxed().collect(ImmutableList.toImmutableList()),
                set.train(),
                Examples.of(rows, labels));
        TaskSequence sequence = TaskSequence.of("judged", normalisation, task).withShape(set.shape());
        TestAnswers[] answered = new TestAnswers[1];
        new FineTuning(Curriculum.TASK_BY_TASK).learn(sequence, setup(), new TrainingListener() {
            @Override
            public void stepDone(int epoch, double loss, double accuracy) {
                listener.judging();
            }

            @Override
            public void answered(TestAnswers answers) {
                answered[0] = answers;
            }
        });
        return answered[0];
    }

    private Setup setup() {
        TrainingSettings training = new TrainingSettings(
                new TrainingDuration.Epochs(6),
                100,
                Optimizer.adam(0.001),
                Double.POSITIVE_INFINITY,
                new Schedule.Cosine(1, 0.01));
        return new Setup(layers(), training, seed, threads);
    }

    private ImmutableList<LayerShape> layers() {
        boolean large = set.shape()
                .pixels()
                .filter(image -> Math.min(image.height(), image.width()) >= LEAST_SIDE)
                .isPresent();
        return large
                ? ImmutableList.of(new Convolution(32, 5, 2), new Convolution(64, 5, 2), new FullyConnected(128))
                : ImmutableList.of(new FullyConnected(400), new FullyConnected(400));
    }

    private double distance(float[][] images, int classes, boolean drawn, TrainingListener listener) {
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            listener.judging();
            int asked = c;
            float[][] generated = IntStream.range(0, count)
                    .filter(i -> i % classes == asked)
                    .mapToObj(i -> images[i])
                    .toArray(float[][]::new);
            float[][] train = ofClass(set.train(), c);
            float[][] test = ofClass(set.test(), c);
            if (train.length == 0 || test.length == 0) {
                continue;
            }
            try (NearestImages nearest = new NearestImages(drawn ? drawn(train, 1) : train)) {
                double ofGenerated = nearest.median(drawn ? drawn(generated, 2) : generated);
                double ofTest = nearest.median(drawn ? drawn(test, 3) : test);
                // test images that are training images tell nothing of copies
                least = ofTest > 0 ? Math.min(least, ofGenerated / ofTest) : least;
            }
        }
        return least;
    }

    private float[][] ofClass(Examples examples, int label) {
        return IntStream.range(0, examples.size())
                .filter(i -> examples.label(i) == label)
                .mapToObj(i -> unit(examples.row(i)))
                .toArray(float[][]::new);
    }

    /** A real image with values in [0, 1], in its place. */
    private float[] unit(float[] values) {
        for (int j = 0; j < values.length; j++) {
            values[j] = (values[j] - normalisation.shift()) * normalisation.scale();
        }
        return values;
    }

    /** A generated image in the units of real ones. */
    private float[] raw(float[] values) {
        float[] raw = new float[values.length];
        for (int j = 0; j < raw.length; j++) {
            raw[j] = values[j] / normalisation.scale() + normalisation.shift();
        }
        return raw;
    }

    private float[][] drawn(float[][] images, int stream) {
        RandomGenerator random = new SplittableRandom(seed + stream);
        return Arrays.stream(images)
                .map(image -> {
                    float[] pixels = new float[image.length];
                    for (int j = 0; j < pixels.length; j++) {
                        pixels[j] = random.nextDouble() < image[j] ? 1 : 0;
                    }
                    return pixels;
                })
                .toArray(float[][]::new);
    }
}
