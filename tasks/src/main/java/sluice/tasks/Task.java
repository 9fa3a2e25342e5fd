package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.Arrays;

/**
 * One task of a sequence: learned once, evaluated for ever after, if there are examples to test it on. It tells classes apart, or, where its
 * examples have {@linkplain Examples#withTargets targets}, predicts a number, by a head of one output.
 *
 * @param name what it is called, unique in its sequence
 * @param classes the original labels of its classes, in the order of the head's outputs; where a number is predicted, 0 alone
 * @param train training examples, labelled 0 to classes.size() - 1 (positions in {@code classes})
 * @param test test examples, labelled likewise; none where the task is learned and never tested, so that its column of the accuracy matrix
 *     stays empty
 */
public record Task(String name, ImmutableList<Integer> classes, Examples train, Examples test) {
    private static final ImmutableList<Integer> NUMBER = ImmutableList.of(0);

    /** Checks that there is something to learn, with labels in range. */
    public Task {
        checkArgument(!name.isBlank(), "a task needs a name");
        checkArgument(!classes.isEmpty(), "task %s has no classes", name);
        checkArgument(train.size() > 0, "task %s has no training examples", name);
        checkArgument(
                train.features() == test.features(),
                "task %s has %s features in training and %s in test",
                name,
                train.features(),
                test.features());
        checkLabels(name, "training", train, classes.size());
        checkLabels(name, "test", test, classes.size());
        checkArgument(
                test.size() == 0 || train.scale().equals(test.scale()),
                "task %s: training and test examples must both have targets of one scale, or none",
                name);
        checkArgument(
                train.scale().isEmpty() || classes.equals(NUMBER),
                "task %s predicts a number: it has no classes",
                name);
    }

    /**
     * A task from arrays, with any non-negative labels: its classes are the training labels that occur, ascending.
     *
     * @param name what it is called
     * @param trainRows training features [size][features]
     * @param trainLabels a label per training row
     * @param testRows test features [size][features]
     * @param testLabels a label per test row, each seen in training
     * @return the task
     * @throws IllegalArgumentException if counts differ, values are not finite or a test label was not trained
     */
    public static Task of(String name, float[][] trainRows, int[] trainLabels, float[][] testRows, int[] testLabels) {
        return of(name, Examples.of(trainRows, trainLabels), Examples.of(testRows, testLabels));
    }

    /**
     * A task that is learned and never tested, from arrays with any non-negative labels: its classes are those that occur, ascending.
     *
     * @param name what it is called
     * @param trainRows training features [size][features]
     * @param trainLabels a label per training row
     * @return the task
     * @throws IllegalArgumentException if counts differ or values are not finite
     */
    public static Task of(String name, float[][] trainRows, int[] trainLabels) {
        Examples train = Examples.of(trainRows, trainLabels);
        return of(name, train, Examples.none(train.features()));
    }

    /**
     * A task that predicts a number, by the scale of its training targets.
     *
     * @param name what it is called
     * @param trainRows training features [size][features]
     * @param trainTargets a number per training row, finite
     * @param testRows test features [size][features]; none where it is never tested
     * @param testTargets a number per test row, finite
     * @return the task
     * @throws IllegalArgumentException if counts differ or numbers are not finite
     */
    public static Task regression(
            String name, float[][] trainRows, double[] trainTargets, float[][] testRows, double[] testTargets) {
        Examples train = Examples.of(trainRows, new int[trainRows.length]);
        Examples test = testRows.length == 0
                ? Examples.none(train.features())
                : Examples.of(testRows, new int[testRows.length]);
        return regression(name, train, trainTargets, test, testTargets, TargetScale.of(trainTargets));
    }

    /**
     * A task that predicts a number. In scenario domain, where all tasks share an output, all must be by one scale.
     *
     * @param name what it is called
     * @param train training examples, whose labels are not looked at
     * @param trainTargets a number per training example, finite
     * @param test test examples, likewise; none where it is never tested
     * @param testTargets a number per test example, finite
     * @param scale by which a network learns them
     * @return the task
     * @throws IllegalArgumentException if counts differ or numbers are not finite
     */
    public static Task regression(
            String name,
            Examples train,
            double[] trainTargets,
            Examples test,
            double[] testTargets,
            TargetScale scale) {
        return new Task(name, NUMBER, train.withTargets(trainTargets, scale), test.withTargets(testTargets, scale));
    }

    /** {@return whether it predicts a number, and tells no classes apart} */
    public boolean isRegression() {
        return train.scale().isPresent();
    }

    /**
     * {@return the same task by another scale}
     *
     * @param other of the numbers that it predicts
     * @throws IllegalArgumentException if it predicts none, or one is too far from the scale
     */
    public Task withScale(TargetScale other) {
        checkArgument(isRegression(), "task %s predicts no number", name);
        return regression(name, train, train.targets(), test, test.targets(), other);
    }

    /** {@return whether there are examples to test it on} */
    public boolean isTested() {
        return test.size() > 0;
    }

    /**
     * A task from examples with any non-negative labels: its classes are the training labels that occur, ascending.
     *
     * @param name what it is called
     * @param train training examples with original labels
     * @param test test examples with original labels, each seen in training
     * @return the task
     */
    public static Task of(String name, Examples train, Examples test) {
        int[] classes = train.distinctLabels();
        for (int label : test.distinctLabels()) {
            checkArgument(
                    Arrays.binarySearch(classes, label) >= 0,
                    "task %s tests on class %s, which its training examples lack",
                    name,
                    label);
        }
        return new Task(
                name, ImmutableList.copyOf(Ints.asList(classes)), relabel(train, classes), relabel(test, classes));
    }

    /**
     * The same task with its examples seen through a map: they are shared, not copied.
     *
     * @param other what the new task is called
     * @param map for as many features
     * @return the task
     * @throws IllegalArgumentException if the map is for another number of features, or the examples go through one
     *     already
     */
    public Task through(String other, FeatureMap map) {
        return new Task(other, classes, train.through(map), test.through(map));
    }

    private static Examples relabel(Examples examples, int[] classes) {
        int[] all = new int[examples.size()];
        Arrays.setAll(all, i -> i);
        return examples.select(all, label -> Arrays.binarySearch(classes, label));
    }

    private static void checkLabels(String name, String part, Examples examples, int classes) {
        for (int i = 0; i < examples.size(); i++) {
            int label = examples.label(i);
            checkArgument(
                    label >= 0 && label < classes,
                    "task %s, %s example %s: label must be in [0, %s), got %s",
                    name,
                    part,
                    i,
                    classes,
                    label);
        }
    }
}
