package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputEncoding;
import sluice.tasks.Loaded;
import sluice.tasks.Normalisation;
import sluice.tasks.Printable;
import sluice.tasks.Scenario;
import sluice.tasks.TargetScale;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * Encoded rows as what they are loaded for.
 *
 * @param train training rows
 * @param test test rows
 * @param scaling what becomes of their numbers
 * @param recipe what became of their columns
 */
record CsvTasks(EncodedRows train, EncodedRows test, CsvScaling scaling, CsvRecipe recipe) {
    /** A data set whose values are scaled once it is known which classes make a task. */
    Loaded oneSet(CsvTables tables) {
        Map<String, String> checksums = tables.checksums();
        DataSet raw = DataSet.of(CsvData.NAME, train.examples(), test.examples(), checksums);
        return new Loaded.OneSet(raw, tasks -> {
            Map<Integer, Integer> taskOf = taskOf(tasks);
            int[] trainTask = tasksOf(train, taskOf);
            ColumnScale[][] scales = scaling.scales(train, trainTask, tasks.names());
            CsvScaling.Scaled scaled = scaling.scale(scales, train, trainTask, test, tasksOf(test, taskOf));
            return new Loaded.Prepared(
                    DataSet.of(CsvData.NAME, scaled.train(), scaled.test(), checksums),
                    tasks.tasks().stream()
                            .map(task -> recipe.encoding(
                                    scales[taskOf.get(task.classes().get(0))]))
                            .collect(ImmutableList.toImmutableList()),
                    tables.notes());
        });
    }

    /** The task of each class: the first of several, each of which has all of it then. */
    private static Map<Integer, Integer> taskOf(TaskSequence sequence) {
        Map<Integer, Integer> taskOf = new HashMap<>();
        for (int task = 0; task < sequence.tasks().size(); task++) {
            for (int label : sequence.tasks().get(task).classes()) {
                taskOf.putIfAbsent(label, task);
            }
        }
        return taskOf;
    }

    private static int[] tasksOf(EncodedRows rows, Map<Integer, Integer> taskOf) {
        return IntStream.of(rows.labels())
                .map(label -> taskOf.getOrDefault(label, -1))
                .toArray();
    }

    /** A sequence of the tasks that rows name. */
    Loaded named(CsvTables tables, List<String> names) {
        int[] trainTask = tasksOf(train, names);
        int[] testTask = tasksOf(test, names);
        ColumnScale[][] scales = scaling.scales(train, trainTask, names);
        CsvScaling.Scaled scaled = scaling.scale(scales, train, trainTask, test, testTask);
        ImmutableList.Builder<Task> tasks = ImmutableList.builder();
        ImmutableList.Builder<InputEncoding> encodings = ImmutableList.builder();
        for (int task = 0; task < names.size(); task++) {
            Examples trained = members(scaled.train(), trainTask, task);
            Examples tested = members(scaled.test(), testTask, task);
            if (recipe.target().isEmpty()) {
                tasks.add(Task.of(names.get(task), trained, tested));
            } else {
                String name = tables.isOneTask() ? Printable.of(recipe.target()) : names.get(task);
                double[] targets = targets(train, trainTask, task);
                tasks.add(Task.regression(
                        name, trained, targets, tested, targets(test, testTask, task), TargetScale.of(targets)));
            }
            encodings.add(recipe.encoding(scales[task]));
        }
        TaskSequence sequence = new TaskSequence(
                CsvData.NAME,
                tasks.build(),
                Scenario.TASK,
                Normalisation.NONE,
                ImmutableSortedMap.copyOf(tables.checksums()));
        return new Loaded.Tasks(sequence.withEncodings(encodings.build()).withNotes(tables.notes()));
    }

    private static double[] targets(EncodedRows rows, int[] taskOf, int task) {
        return IntStream.range(0, taskOf.length)
                .filter(i -> taskOf[i] == task)
                .mapToDouble(i -> rows.targets()[i])
                .toArray();
    }

    private static int[] tasksOf(EncodedRows rows, List<String> names) {
        Map<String, Integer> taskOf = new HashMap<>();
        names.forEach(name -> taskOf.put(name, taskOf.size()));
        return rows.tasks().stream().mapToInt(taskOf::get).toArray();
    }

    private static Examples members(Examples all, int[] taskOf, int task) {
        int[] chosen =
                IntStream.range(0, taskOf.length).filter(i -> taskOf[i] == task).toArray();
        return all.select(chosen, label -> label);
    }
}
