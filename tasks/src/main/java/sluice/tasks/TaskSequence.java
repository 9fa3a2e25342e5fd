package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tasks in the order in which they are learned, with what they have in common.
 *
 * @param name what the sequence is called
 * @param tasks at least one, with distinct names and equal feature counts
 * @param scenario what is known of the task at test
 * @param normalisation how raw features become inputs, for every task
 * @param checksums SHA-256 (hex) of the files that the data came from, by file name
 */
public record TaskSequence(
        String name,
        ImmutableList<Task> tasks,
        Scenario scenario,
        Normalisation normalisation,
        ImmutableSortedMap<String, String> checksums) {
    /**
     * Checks that names are distinct and feature counts equal.
     *
     * @throws InputException if the scenario is {@link Scenario#DOMAIN} and tasks differ in their number of classes
     */
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
            if (scenario == Scenario.DOMAIN) {
                checkEquallyManyClasses(tasks.get(0), task);
            }
        }
    }

    private static void checkEquallyManyClasses(Task first, Task other) {
        int expected = first.classes().size();
        int found = other.classes().size();
        if (found != expected) {
            throw new InputException(
                    "domain means the same outputs for every task, but task %s has %d classes and task %s has %d: give every task as many"
                            .formatted(first.name(), expected, other.name(), found));
        }
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
        return new TaskSequence(
                "split-" + dataSet.name(), split.tasks(dataSet), Scenario.TASK, normalisation, dataSet.checksums());
    }

    /**
     * @param other what is known of the task at test
     * @return this sequence with it
     * @throws InputException if it is {@link Scenario#DOMAIN} and tasks differ in their number of classes
     */
    public TaskSequence withScenario(Scenario other) {
        return new TaskSequence(name, tasks, other, normalisation, checksums);
    }

    /**
     * @param other what the sequence is called
     * @return this sequence with it
     */
    public TaskSequence withName(String other) {
        return new TaskSequence(other, tasks, scenario, normalisation, checksums);
    }

    /**
     * @return features per example
     */
    public int features() {
        return tasks.get(0).train().features();
    }

    /**
     * @return the tasks' names in order
     */
    public List<String> names() {
        return tasks.stream().map(Task::name).toList();
    }
}
