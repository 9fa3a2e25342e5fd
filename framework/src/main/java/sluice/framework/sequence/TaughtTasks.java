package sluice.framework.sequence;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sluice.framework.sequence.JoinedClasses.Numbering;
import sluice.tasks.InputEncoding;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.KnownEncodings;
import sluice.tasks.csv.TableEncoding;

/**
 * The tasks that are learned in turn, in one run or in several. Immutable.
 *
 * @param scenario what is known of the task at test time
 * @param tasks in their order
 * @param names of classes by label, or none where they are called by their labels
 * @param encodings how tables became the examples of each task, or none
 */
public record TaughtTasks(Scenario scenario, List<Taught> tasks, List<String> names, List<TableEncoding> encodings) {
    /**
     * A task.
     *
     * @param name what it is called here, unlike any other
     * @param domain in scenario domain the task that it has more examples of: itself, unless there was one of its name
     * @param classes labels, in its order
     */
    public record Taught(String name, String domain, List<Integer> classes) {
        private Taught by(Numbering numbering) {
            return new Taught(name, domain, classes.stream().map(numbering::of).toList());
        }

        private boolean isWhole() {
            return name != null
                    && domain != null
                    && classes != null
                    && !classes.isEmpty()
                    && classes.stream().allMatch(label -> label != null && label >= 0);
        }
    }

    /** Copies its lists. */
    public TaughtTasks {
        tasks = List.copyOf(tasks);
        names = List.copyOf(names);
        encodings = List.copyOf(encodings);
    }

    /**
     * {@return the tasks of one run}
     *
     * @param sequence that it learned
     */
    public static TaughtTasks of(TaskSequence sequence) {
        return new TaughtTasks(sequence.scenario(), List.of(), List.of(), List.of()).then(sequence);
    }

    /**
     * Makes sure that what was read makes sense.
     *
     * @throws IllegalArgumentException if it does not
     */
    public void check() {
        checkArgument(scenario != null, "it has no scenario");
        checkArgument(!tasks.isEmpty() && tasks.stream().allMatch(Taught::isWhole), "a task is not whole");
        checkArgument(taskNames().stream().distinct().count() == tasks.size(), "two tasks have one name");
        checkArgument(encodings.isEmpty() || encodings.size() == tasks.size(), "a task has no table");
    }

    /** {@return what the accuracy matrix calls the tasks, in their order} */
    public ImmutableList<String> taskNames() {
        return tasks.stream().map(Taught::name).collect(ImmutableList.toImmutableList());
    }

    /** {@return the labels of all classes, each once, in the order of the tasks} */
    public List<Integer> labels() {
        return tasks.stream()
                .flatMap(task -> task.classes().stream())
                .distinct()
                .toList();
    }

    /**
     * {@return what the data call it}
     *
     * @param label of a class
     */
    public String className(int label) {
        return JoinedClasses.name(names, label);
    }

    /** {@return whether data call any class by something else than its label} */
    public boolean isNamed() {
        return labels().stream().anyMatch(label -> !className(label).equals(label.toString()));
    }

    /** {@return the encoding of all, where all have the same} */
    public Optional<TableEncoding> encoding() {
        return encodings.stream().distinct().count() == 1 ? Optional.of(encodings.get(0)) : Optional.empty();
    }

    /** {@return how tables became the features, task by task; of none where there were none} */
    public KnownEncodings knownEncodings() {
        ImmutableMap.Builder<String, TableEncoding> byTask = ImmutableMap.builder();
        for (int task = 0; task < encodings.size(); task++) {
            byTask.put(tasks.get(task).name(), encodings.get(task));
        }
        return new KnownEncodings(byTask.buildOrThrow());
    }

    /**
     * {@return these and then others}
     *
     * @param next whose classes may be numbered in their own way: those that the data call alike are one
     */
    public TaughtTasks then(TaskSequence next) {
        JoinedClasses joined = joined(next);
        List<Taught> all = new ArrayList<>(
                tasks.stream().map(task -> task.by(joined.known())).toList());
        for (Task task : next.tasks()) {
            all.add(taught(task, all).by(joined.more()));
        }
        List<TableEncoding> tables =
                encodings.size() == tasks.size() && !next.encodings().isEmpty()
                        ? Stream.concat(encodings.stream(), tables(next))
                                .map(table -> table.withClasses(joined.names()))
                                .toList()
                        : List.of();
        return new TaughtTasks(scenario, all, joined.names(), tables);
    }

    private Taught taught(Task task, List<Taught> before) {
        String name = unlike(before.stream().map(Taught::name).toList(), task.name());
        String domain = scenario == Scenario.DOMAIN
                ? before.stream()
                        .filter(known -> known.name().equals(task.name()))
                        .map(Taught::domain)
                        .findFirst()
                        .orElse(name)
                : name;
        return new Taught(name, domain, task.classes());
    }

    /**
     * {@return a name, or where it is taken, the first of "NAME (2)", "NAME (3)", ... that is not}
     *
     * @param taken names
     * @param name wanted
     */
    public static String unlike(Collection<String> taken, String name) {
        String free = name;
        for (int number = 2; taken.contains(free); number++) {
            free = "%s (%d)".formatted(name, number);
        }
        return free;
    }

    /**
     * {@return tasks whose classes are numbered as they are in {@link #then} of them}
     *
     * @param next whose classes may be numbered in their own way
     */
    public TaskSequence numbered(TaskSequence next) {
        JoinedClasses joined = joined(next);
        return new TaskSequence(
                next.name(),
                next.tasks().stream()
                        .map(task -> new Task(
                                task.name(),
                                task.classes().stream().map(joined.more()::of).collect(ImmutableList.toImmutableList()),
                                task.train(),
                                task.test()))
                        .collect(ImmutableList.toImmutableList()),
                next.scenario(),
                next.normalisation(),
                next.checksums(),
                next.shape(),
                tables(next)
                        .<InputEncoding>map(table -> table.withClasses(joined.names()))
                        .collect(ImmutableList.toImmutableList()),
                next.notes(),
                joined.names(),
                next.leftOut());
    }

    private JoinedClasses joined(TaskSequence next) {
        return JoinedClasses.of(
                names,
                labels(),
                tables(next).findFirst().map(TableEncoding::classes).orElse(next.classNames()),
                next.tasks().stream()
                        .flatMap(task -> task.classes().stream())
                        .distinct()
                        .toList());
    }

    private static Stream<TableEncoding> tables(TaskSequence sequence) {
        return sequence.encodings().stream().map(InputEncoding::json).map(TableEncoding::parse);
    }
}
