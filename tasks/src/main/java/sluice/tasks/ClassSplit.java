package sluice.tasks;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Groups of classes, one task each: the usual split of a data set into tasks (split-MNIST: {0,1}, {2,3}, ...).
 *
 * @param groups original labels per task, in the order of the head's outputs; no label twice, no group empty
 */
public record ClassSplit(ImmutableList<ImmutableList<Integer>> groups) {
    /** Checks that there is at least one group, that no group is empty and that no class is in two. */
    public ClassSplit {
        if (groups.isEmpty()) {
            throw new InputException("a split needs at least one group of classes");
        }
        Map<Integer, Integer> taskOf = new HashMap<>();
        for (int t = 0; t < groups.size(); t++) {
            if (groups.get(t).isEmpty()) {
                throw new InputException("task %d is empty: name at least one class for it".formatted(t + 1));
            }
            for (int label : groups.get(t)) {
                Integer earlier = taskOf.put(label, t);
                if (earlier != null) {
                    throw new InputException("class %d is in task %d and in task %d: a class belongs to one task"
                            .formatted(label, earlier + 1, t + 1));
                }
            }
        }
    }

    /**
     * {@return the split}
     *
     * @param groups original labels per task
     * @throws InputException if a group is empty or a class is in two
     */
    public static ClassSplit of(List<? extends List<Integer>> groups) {
        return new ClassSplit(groups.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList()));
    }

    /**
     * Consecutive classes: the data set's labels ascending, so many to a task.
     *
     * @param dataSet whose classes are grouped
     * @param classesPerTask at least 1; must divide the number of classes
     * @return the split
     * @throws InputException if it does not divide the number of classes
     */
    public static ClassSplit consecutive(DataSet dataSet, int classesPerTask) {
        return dealt(dataSet, dataSet.train().distinctLabels(), classesPerTask);
    }

    /**
     * Classes in an order drawn from a seed, so many to a task.
     *
     * @param dataSet whose classes are grouped
     * @param classesPerTask at least 1; must divide the number of classes
     * @param seed another one, another order
     * @return the split
     * @throws InputException if it does not divide the number of classes
     */
    public static ClassSplit shuffled(DataSet dataSet, int classesPerTask, long seed) {
        int[] classes = dataSet.train().distinctLabels();
        int[] order = Arrays.stream(DrawnOrder.of(classes.length, seed, "class-order", 0))
                .map(i -> classes[i])
                .toArray();
        return dealt(dataSet, order, classesPerTask);
    }

    /**
     * Classes in the order of the comparison of van de Ven and Tolias (2019, arXiv:1904.07734), whose code relabels them by
     * NumPy's permutation of the seed and makes a task of consecutive labels: the same seed, the same tasks.
     *
     * @param dataSet whose classes are grouped
     * @param classesPerTask at least 1; must divide the number of classes
     * @param seed 0 to 2^31 - 1
     * @return the split
     * @throws InputException if it does not divide the number of classes, or the seed is another
     */
    public static ClassSplit numpy(DataSet dataSet, int classesPerTask, long seed) {
        int[] classes = dataSet.train().distinctLabels();
        int[] labels = NumpyPermutation.of(classes.length, seed);
        int[] order = new int[classes.length];
        for (int c = 0; c < classes.length; c++) {
            order[labels[c]] = classes[c];
        }
        return dealt(dataSet, order, classesPerTask);
    }

    /**
     * The same classes in the same order, two to a task.
     *
     * @return the classes in twos, one that is left over being a task of its own
     */
    public ClassSplit inTwos() {
        List<Integer> classes = groups.stream().flatMap(List::stream).toList();
        return of(Lists.partition(classes, 2));
    }

    /**
     * {@return this split with the last task joined to the one before it, if it has one class and is not the only one}
     */
    public ClassSplit withoutLastAlone() {
        int last = groups.size() - 1;
        if (last == 0 || groups.get(last).size() > 1) {
            return this;
        }
        return of(ImmutableList.<ImmutableList<Integer>>builder()
                .addAll(groups.subList(0, last - 1))
                .add(ImmutableList.<Integer>builder()
                        .addAll(groups.get(last - 1))
                        .addAll(groups.get(last))
                        .build())
                .build());
    }

    private static ClassSplit dealt(DataSet dataSet, int[] classes, int classesPerTask) {
        if (classesPerTask < 1 || classes.length % classesPerTask != 0) {
            throw new InputException("%d classes per task do not divide the %d classes of %s: choose a divisor"
                    .formatted(classesPerTask, classes.length, dataSet.name()));
        }
        return of(IntStream.range(0, classes.length / classesPerTask)
                .mapToObj(t -> Arrays.stream(classes, t * classesPerTask, (t + 1) * classesPerTask)
                        .boxed()
                        .toList())
                .toList());
    }

    ImmutableList<Task> tasks(DataSet dataSet) {
        int[] known = dataSet.train().distinctLabels();
        ImmutableList.Builder<Task> tasks = ImmutableList.builder();
        for (ImmutableList<Integer> group : groups) {
            for (int label : group) {
                if (Arrays.binarySearch(known, label) < 0) {
                    throw new InputException("data set %s has no class %d: its classes are %s"
                            .formatted(dataSet.name(), label, Arrays.toString(known)));
                }
            }
            String name = Joiner.on('-').join(group);
            Examples test = members(dataSet.test(), group);
            if (test.size() == 0 && dataSet.isTested()) {
                throw new InputException("data set %s has no test examples of task %s".formatted(dataSet.name(), name));
            }
            tasks.add(new Task(name, group, members(dataSet.train(), group), test));
        }
        return tasks.build();
    }

    private static Examples members(Examples all, ImmutableList<Integer> group) {
        int[] chosen = IntStream.range(0, all.size())
                .filter(i -> group.contains(all.label(i)))
                .toArray();
        return all.select(chosen, group::indexOf);
    }
}
