package sluice.evaluation.matrix;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;

/**
 * What a column says was learned.
 *
 * @param tasks names in the order of learning
 * @param places of the tasks, from 1
 * @param rows by what the column holds, how many tasks are learned then
 * @param statement how it counts, in words; empty where it counts tasks learned
 */
record Learned(
        ImmutableList<String> tasks,
        ImmutableMap<String, Integer> places,
        ImmutableMap<String, Integer> rows,
        String statement) {
    private static final ImmutableSet<String> UNTRAINED =
            ImmutableSet.of("untrained", "init", "initial", "random", "before", "start", "none", "scratch", "-1");
    private static final ImmutableSet<String> COUNTING =
            ImmutableSet.of("after_task", "after_training_task", "after", "tasks_learned", "num_tasks", "n_tasks");

    /** How many tasks are learned where the column holds that. */
    int after(String text) {
        return rows.get(text);
    }

    /** The position of a task, from 1. */
    int task(String name) {
        return places.get(name);
    }

    static boolean isUntrained(String text) {
        return UNTRAINED.contains(text.toLowerCase(Locale.ROOT));
    }

    /**
     * @param column the column's header
     * @param learned what it holds, row by row
     * @param asked the tasks asked for
     * @param isStated whether the user says that this is such a table, where 0 is the untrained network
     * @param lines the rows
     * @throws MatrixFormatException if it can be read in two ways, or names a task that is not asked for
     */
    static Learned of(
            TextTable table,
            String column,
            List<String> learned,
            List<String> asked,
            boolean isStated,
            List<TextTable.Row> lines) {
        Set<String> texts = new LinkedHashSet<>(learned);
        List<String> tasks = inOrder(new LinkedHashSet<>(asked));
        boolean numbers = texts.stream().allMatch(text -> Cells.isWhole(text) || isUntrained(text));
        return numbers
                ? numbered(table, column, texts, tasks, isStated, lines.get(0))
                : named(table, column, texts, tasks, lines.get(learned.indexOf(firstForeign(texts, tasks))));
    }

    private static String firstForeign(Set<String> texts, List<String> tasks) {
        return texts.stream()
                .filter(text -> !tasks.contains(text) && !isUntrained(text))
                .findFirst()
                .orElse(texts.iterator().next());
    }

    /** As they first appear; numbers from 0 or from 1 on by number. */
    private static List<String> inOrder(Set<String> tasks) {
        if (tasks.stream().allMatch(Cells::isWhole)) {
            List<String> sorted =
                    tasks.stream().sorted(Comparator.comparingInt(Cells::whole)).toList();
            if (Cells.count(sorted)) {
                return sorted;
            }
        }
        return List.copyOf(tasks);
    }

    private static Learned named(
            TextTable table, String column, Set<String> texts, List<String> tasks, TextTable.Row foreign) {
        List<String> order = new ArrayList<>();
        ImmutableMap.Builder<String, Integer> rows = ImmutableMap.builder();
        for (String text : texts) {
            if (isUntrained(text)) {
                rows.put(text, 0);
            } else if (tasks.contains(text)) {
                order.add(text);
                rows.put(text, order.size());
            } else {
                throw table.refusal(
                        foreign,
                        column,
                        Printable.quoted(text)
                                + " is none of the tasks asked for: write the name of the task that was learned last, or how many are learned");
            }
        }
        tasks.stream().filter(task -> !order.contains(task)).forEach(order::add);
        return inOrder(order, rows.buildOrThrow(), " last, by name");
    }

    private static Learned numbered(
            TextTable table,
            String column,
            Set<String> texts,
            List<String> tasks,
            boolean isStated,
            TextTable.Row first) {
        List<Integer> values =
                texts.stream().filter(Cells::isWhole).map(Cells::whole).toList();
        boolean hasZero = values.contains(0);
        int most = values.stream().mapToInt(value -> value).max().orElse(0);
        boolean countsTasks = COUNTING.contains(ColumnName.plain(column));
        boolean numbersFromZero = tasks.contains("0") && tasks.stream().allMatch(Cells::isWhole);
        if (ColumnName.countsFromZero(column)) {
            return of(tasks, texts, 1, " last, from 0");
        }
        if (most >= tasks.size() || (!hasZero && !numbersFromZero) || (countsTasks && isStated)) {
            return of(tasks, texts, 0, "");
        }
        if (!countsTasks && (numbersFromZero || most == tasks.size() - 1)) {
            return of(tasks, texts, 1, " last, from 0");
        }
        boolean numbersFromOne = tasks.contains("1") && tasks.stream().allMatch(Cells::isWhole) && !numbersFromZero;
        if (!hasZero || numbersFromOne || (countsTasks && !numbersFromZero && most < tasks.size() - 1)) {
            return of(tasks, texts, 0, "");
        }
        throw table.refusal(
                first,
                column,
                "0 may be the untrained network, and then nothing is there after all %d tasks, or the first task learned: add --layout long for the former, or call the column trained_task for the latter"
                        .formatted(tasks.size()));
    }

    private static Learned of(List<String> tasks, Set<String> texts, int added, String statement) {
        Map<String, Integer> rows = new LinkedHashMap<>();
        texts.forEach(text -> rows.put(text, isUntrained(text) ? 0 : Cells.whole(text) + added));
        return inOrder(tasks, ImmutableMap.copyOf(rows), statement);
    }

    private static Learned inOrder(List<String> tasks, ImmutableMap<String, Integer> rows, String statement) {
        ImmutableMap.Builder<String, Integer> places = ImmutableMap.builder();
        for (int j = 0; j < tasks.size(); j++) {
            places.put(tasks.get(j), j + 1);
        }
        return new Learned(ImmutableList.copyOf(tasks), places.buildOrThrow(), rows, statement);
    }
}
