package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tasks in the order in which they are learned, with what they have in common.
 *
 * @param name what the sequence is called
 * @param tasks at least one, with distinct names and equal feature counts
 * @param scenario what is known of the task at test
 * @param normalisation how raw features become inputs, for every task
 * @param checksums SHA-256 (hex) of the files that the data came from, by file name
 * @param shape what the features of an example are to each other
 * @param encodings how files became the features of each task; none where they were only read
 * @param notes what was done to the data that nobody asked for, a line each
 * @param classNames what classes are called, by label; none where encodings say it, or they are called by their labels
 * @param leftOut classes of the data that no task has, where some were left out
 */
public record TaskSequence(
        String name,
        ImmutableList<Task> tasks,
        Scenario scenario,
        Normalisation normalisation,
        ImmutableSortedMap<String, String> checksums,
        Shape shape,
        ImmutableList<InputEncoding> encodings,
        ImmutableList<String> notes,
        ImmutableList<String> classNames,
        Optional<LeftOut> leftOut) {
    /** Checks that names are distinct and feature counts equal. */
    public TaskSequence {
        checkArgument(!tasks.isEmpty(), "sequence %s has no tasks", name);
        Set<String> names = new HashSet<>();
        int features = tasks.get(0).train().features();
        for (Task task : tasks) {
            checkArgument(names.add(task.name()), "sequence %s has two tasks named %s", name, task.name());
            checkArgument(
                    task.train().features() == features,
                    "task %s has %s features, task %s has %s",
                    task.name(),
                    task.train().features(),
                    tasks.get(0).name(),
                    features);
        }
        checkArgument(
                shape.features() == features,
                "the tasks have %s features, their shape %s has %s",
                features,
                shape,
                shape.features());
        TargetsInCommon.check(tasks, scenario);
        checkArgument(
                encodings.isEmpty() || encodings.size() == tasks.size(),
                "there are %s encodings for %s tasks",
                encodings.size(),
                tasks.size());
    }

    /** {@return whether its tasks predict numbers, and tell no classes apart} */
    public boolean isRegression() {
        return tasks.get(0).isRegression();
    }

    /**
     * Tasks of features that files were only read for.
     *
     * @param name what the sequence is called
     * @param tasks at least one, with distinct names and equal feature counts
     * @param scenario what is known of the task at test
     * @param normalisation how raw features become inputs, for every task
     * @param checksums SHA-256 (hex) of the files that the data came from, by file name
     * @param shape what the features of an example are to each other
     */
    public TaskSequence(
            String name,
            ImmutableList<Task> tasks,
            Scenario scenario,
            Normalisation normalisation,
            ImmutableSortedMap<String, String> checksums,
            Shape shape) {
        this(
                name,
                tasks,
                scenario,
                normalisation,
                checksums,
                shape,
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                Optional.empty());
    }

    /**
     * Tasks whose features are in no particular arrangement.
     *
     * @param name what the sequence is called
     * @param tasks at least one, with distinct names and equal feature counts
     * @param scenario what is known of the task at test
     * @param normalisation how raw features become inputs, for every task
     * @param checksums SHA-256 (hex) of the files that the data came from, by file name
     */
    public TaskSequence(
            String name,
            ImmutableList<Task> tasks,
            Scenario scenario,
            Normalisation normalisation,
            ImmutableSortedMap<String, String> checksums) {
        this(name, tasks, scenario, normalisation, checksums, vector(tasks));
    }

    private static Shape vector(ImmutableList<Task> tasks) {
        checkArgument(!tasks.isEmpty(), "a sequence must have tasks");
        return new Shape.Vector(tasks.get(0).train().features());
    }

    /**
     * A sequence of tasks made from arrays, task incremental.
     *
     * @param name what the sequence is called
     * @param normalisation how raw features become inputs
     * @param tasks at least one
     * @return the sequence
     */
    public static TaskSequence of(String name, Normalisation normalisation, Task... tasks) {
        return new TaskSequence(
                name, ImmutableList.copyOf(tasks), Scenario.TASK, normalisation, ImmutableSortedMap.of());
    }

    private static TaskSequence of(
            DataSet dataSet, String prefix, ImmutableList<Task> tasks, Normalisation normalisation) {
        return new TaskSequence(
                prefix + dataSet.name(),
                tasks,
                Scenario.TASK,
                normalisation,
                dataSet.checksums(),
                dataSet.shape(),
                ImmutableList.of(),
                dataSet.notes(),
                dataSet.classNames(),
                Optional.empty());
    }

    /**
     * A data set split by its classes, one task per group, task incremental.
     *
     * @param dataSet what to split
     * @param normalisation how raw features become inputs
     * @param split the groups of classes
     * @return the sequence, named after the data set
     * @throws InputException if the data set lacks a class of a group
     */
    public static TaskSequence split(DataSet dataSet, Normalisation normalisation, ClassSplit split) {
        return of(dataSet, "split-", split.tasks(dataSet), normalisation);
    }

    /**
     * Permuted inputs (Goodfellow et al. 2013, "An empirical investigation of catastrophic forgetting"): every task has
     * all of a data set, with the features of every example in an order of the task's own. The first task has them as
     * they are; the order of any other depends on the seed and its position only. Task incremental. Features are
     * shared, not copied.
     *
     * @param dataSet what every task has
     * @param normalisation how raw features become inputs
     * @param tasks how many, at least 1
     * @param seed another one, other orders
     * @return the sequence of {@code permutation-1}, {@code permutation-2}, ..., named after the data set
     */
    public static TaskSequence permuted(DataSet dataSet, Normalisation normalisation, int tasks, long seed) {
        return of(dataSet, "permuted-", MappedTasks.permuted(dataSet, tasks, seed), normalisation);
    }

    /**
     * Rotated images (Lopez-Paz and Ranzato 2017): every task has all of a data set, with its images turned by an angle
     * of the task's own. Task incremental. Pixels are shared, not copied.
     *
     * @param dataSet what every task has
     * @param normalisation how raw features become inputs
     * @param degrees an angle per task, counter-clockwise, finite, no two alike
     * @return the sequence of {@code rotation-0}, {@code rotation-20}, ..., named after the data set
     * @throws InputException if the data set has no images
     */
    public static TaskSequence rotated(DataSet dataSet, Normalisation normalisation, double... degrees) {
        return of(dataSet, "rotated-", MappedTasks.rotated(dataSet, degrees), normalisation);
    }

    /**
     * {@return this sequence with other tasks, from the same data}
     *
     * @param others one or more, of the same features
     */
    public TaskSequence withTasks(ImmutableList<Task> others) {
        return new TaskSequence(
                name, others, scenario, normalisation, checksums, shape, encodings, notes, classNames, leftOut);
    }

    /**
     * {@return this sequence with it}
     *
     * @param other what is known of the task at test
     */
    public TaskSequence withScenario(Scenario other) {
        return new TaskSequence(
                name, tasks, other, normalisation, checksums, shape, encodings, notes, classNames, leftOut);
    }

    /**
     * {@return this sequence with it beside the others}
     *
     * @param source what the results depend on beside the data
     * @param checksum of it, SHA-256 (hex)
     */
    public TaskSequence withChecksum(String source, String checksum) {
        ImmutableSortedMap<String, String> all = ImmutableSortedMap.<String, String>naturalOrder()
                .putAll(checksums)
                .put(source, checksum)
                .buildOrThrow();
        return new TaskSequence(
                name, tasks, scenario, normalisation, all, shape, encodings, notes, classNames, leftOut);
    }

    /**
     * {@return this sequence with it}
     *
     * @param other what the sequence is called
     */
    public TaskSequence withName(String other) {
        return new TaskSequence(
                other, tasks, scenario, normalisation, checksums, shape, encodings, notes, classNames, leftOut);
    }

    /**
     * {@return this sequence with it}
     *
     * @param other what the features of an example are to each other, for as many features
     */
    public TaskSequence withShape(Shape other) {
        return new TaskSequence(
                name, tasks, scenario, normalisation, checksums, other, encodings, notes, classNames, leftOut);
    }

    /**
     * {@return this sequence with them}
     *
     * @param others classes of the data that no task has
     */
    public TaskSequence withLeftOut(LeftOut others) {
        Optional<LeftOut> some = Optional.of(others);
        return new TaskSequence(
                name, tasks, scenario, normalisation, checksums, shape, encodings, notes, classNames, some);
    }

    /**
     * {@return this sequence with them, which a model of it keeps}
     *
     * @param others how files became the features of each task
     */
    public TaskSequence withEncodings(ImmutableList<InputEncoding> others) {
        return new TaskSequence(
                name, tasks, scenario, normalisation, checksums, shape, others, notes, classNames, leftOut);
    }

    /**
     * {@return this sequence with these notes after its own}
     *
     * @param more what was done to the data that nobody asked for, a line each
     */
    public TaskSequence withNotes(ImmutableList<String> more) {
        ImmutableList<String> all =
                ImmutableList.<String>builder().addAll(notes).addAll(more).build();
        return new TaskSequence(
                name, tasks, scenario, normalisation, checksums, shape, encodings, all, classNames, leftOut);
    }

    /**
     * {@return what the data call it}
     *
     * @param label of a class
     */
    public String className(int label) {
        if (!encodings.isEmpty()) {
            return encodings.get(0).className(label);
        }
        return label < classNames.size() ? classNames.get(label) : Integer.toString(label);
    }

    /** {@return whether the data call any class by something else than its label} */
    public boolean isNamed() {
        return tasks.stream()
                .flatMap(task -> task.classes().stream())
                .anyMatch(label -> !className(label).equals(label.toString()));
    }

    /**
     * This sequence with every task that is called by the numbers of its classes, as a split calls it, called by their names.
     *
     * @return the sequence; this one where names would not tell tasks apart
     */
    public TaskSequence withClassNames() {
        ImmutableList<Task> named = tasks.stream()
                .map(task -> task.name().equals(Joiner.on('-').join(task.classes()))
                        ? new Task(joined(task), task.classes(), task.train(), task.test())
                        : task)
                .collect(ImmutableList.toImmutableList());
        long names = named.stream().map(Task::name).distinct().count();
        return names < named.size()
                ? this
                : new TaskSequence(
                        name, named, scenario, normalisation, checksums, shape, encodings, notes, classNames, leftOut);
    }

    private String joined(Task task) {
        return task.classes().stream().map(this::className).map(Printable::of).collect(Collectors.joining("-"));
    }

    /** {@return features per example} */
    public int features() {
        return tasks.get(0).train().features();
    }

    /** {@return the tasks' names in order} */
    public List<String> names() {
        return tasks.stream().map(Task::name).toList();
    }
}
