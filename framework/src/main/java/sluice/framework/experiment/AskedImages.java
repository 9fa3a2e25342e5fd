package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.SplittableRandom;
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
import sluice.tasks.Shape;
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

    /**
     * What came of it.
     *
     * @param asked images that were asked for
     * @param recognised share of them that the classifier calls by the class asked for
     * @param recognisedLeast the least such share of a class
     * @param classifier share of real test images that the classifier answers right
     * @param distance least ratio over the classes: median distance of generated images to the nearest training image of their
     *     class, over that of test images
     * @param distanceDrawn the same where pixels are drawn, of generated, test and training images alike
     */
    record Judged(
            int asked,
            double recognised,
            double recognisedLeast,
            double classifier,
            double distance,
            double distanceDrawn) {}

    Judged judge(GenerativeModel model) {
        int classes = model.shape().classes();
        float[][] images = new float[count][];
        Integer[] inTurn = IntStream.range(0, classes).boxed().toArray(Integer[]::new);
        GenerationRequest request = GenerationRequest.of(count, seed).ofClasses(inTurn);
        model.sample(request, image -> images[image.index()] = image.pixels());
        TestAnswers answers = answers(images, classes);
        int real = set.test().size();
        int[] right = new int[classes];
        int[] all = new int[classes];
        int rightOfReal = 0;
        for (int i = 0; i < real; i++) {
            rightOfReal += answers.answers()[i] == answers.actual(i) ? 1 : 0;
        }
        for (int i = 0; i < count; i++) {
            all[i % classes]++;
            right[i % classes] += answers.answers()[real + i] == answers.actual(real + i) ? 1 : 0;
        }
        return new Judged(
                count,
                (double) IntStream.of(right).sum() / count,
                IntStream.range(0, classes)
                        .mapToDouble(c -> (double) right[c] / all[c])
                        .min()
                        .orElseThrow(),
                (double) rightOfReal / real,
                distance(images, classes, false),
                distance(images, classes, true));
    }

    /** What the classifier says of real test images, and then of those that were asked for. */
    private TestAnswers answers(float[][] images, int classes) {
        int real = set.test().size();
        float[][] rows = new float[real + count][];
        int[] labels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i < real ? set.test().row(i) : raw(images[i - real]);
            labels[i] = i < real ? set.test().label(i) : (i - real) % classes;
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
            public void answered(TestAnswers answers) {
                answered[0] = answers;
            }
        });
        return answered[0];
    }

    private Setup setup() {
        TrainingSettings training = new TrainingSettings(
                new TrainingDuration.Epochs(4),
                100,
                Optimizer.adam(0.001),
                Double.POSITIVE_INFINITY,
                new Schedule.Cosine(1, 0.01));
        return new Setup(layers(), training, seed, threads);
    }

    private ImmutableList<LayerShape> layers() {
        boolean large =
                set.shape() instanceof Shape.Image image && Math.min(image.height(), image.width()) >= LEAST_SIDE;
        return large
                ? ImmutableList.of(new Convolution(16, 5, 2), new Convolution(32, 5, 2), new FullyConnected(128))
                : ImmutableList.of(new FullyConnected(400), new FullyConnected(400));
    }

    private double distance(float[][] images, int classes, boolean drawn) {
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
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
                least = Math.min(least, ofGenerated / nearest.median(drawn ? drawn(test, 3) : test));
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
