package sluice.tasks.script;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import sluice.tasks.Printable;
import sluice.tasks.csv.ColumnSketch;
import sluice.tasks.csv.DateColumn;
import sluice.tasks.csv.TableSketch;
import sluice.tasks.csv.TaskRanges;

/** A commented script for a table, as a look at it suggests; it runs as it is. */
public final class SketchedScript {
    private static final int MOST_VALUES = 6;
    private static final int MOST_TARGETS = 3;

    private final TableSketch table;
    private final ScriptLines lines = new ScriptLines();

    private SketchedScript(TableSketch table) {
        this.table = table;
    }

    /**
     * {@return the script, in YAML}
     *
     * @param table what it looks like
     * @param folder of the script, at which its paths start
     */
    public static String of(TableSketch table, Path folder) {
        SketchedScript script = new SketchedScript(table);
        script.data(folder);
        script.tasks();
        script.lines.learning(Math.round(table.rows() * (1 - TableSketch.TEST_SHARE)), "rows");
        return script.lines.text();
    }

    private void line(String text, Object... values) {
        lines.add(text, values);
    }

    private void data(Path folder) {
        line(
                "# Made from a look at %s: %,d rows, %d columns. Every guess is a line to be changed.",
                ScriptLines.name(table.file()), table.rows(), table.columns().size());
        line("# Check this file: sluice validate FILE    Run it: sluice run FILE");
        table.warnings().forEach(warning -> line("# Warning: %s", warning));
        line("");
        line("data:");
        line("  set: csv");
        line("  file: %s", quoted(ScriptLines.relative(folder, table.file())));
        line(
                "  # Of each %s, by lot; or train: and test: in place of file, where you have both.",
                table.hasTarget() ? "tenth of the numbers" : "class");
        line("  test_share: %s", TableSketch.TEST_SHARE);
        TableFormatKeys.settings(table.format().dated(List.of()))
                .forEach((key, value) ->
                        line("  %s: %s", key, value instanceof Number ? value : quoted(value.toString())));
        if (!table.named()) {
            line("  # The first line is a row. Names of columns: names: [...]; without them c1, c2, ...");
            line("  header: none");
        }
        predicted();
        table.tasks().ifPresent(column -> {
            line("  # A task for each value: %s", counted(column));
            line("  task_column: %s", quoted(column.name()));
        });
        table.times().ifPresent(times -> {
            line(
                    "  # Tasks in the order of time, of about as many rows each; or from dates on: bounds: [...] in place of parts.");
            line(
                    "  task_column: {column: %s, parts: %d}",
                    quoted(times.column()), ((TaskRanges.Parts) times.cut()).count());
        });
        table.clusters().ifPresent(count -> {
            line(
                    "  # Two classes and no column that divides them: a task for each of %d clusters of rows that are alike, which k-means",
                    count);
            line(
                    "  # finds; a new row is of the nearest. More or fewer: another number; one task of all rows: without this line.");
            line("  clusters: %d", count);
        });
        list("categorical", "Columns of texts, of which each becomes an input.", categorical());
        list("exclude", "Columns that are not looked at.", excluded());
        dates();
        missing();
        if (table.clusters().isPresent()) {
            line(
                    "  # Each cluster has means and deviations of its own, as it is far from the others; none: numbers as they are.");
            line("  standardise: per-task");
        } else {
            line(
                    "  # Means and deviations of numbers are those of the first task; per-task: of each its own; none: numbers as they are.");
            line("  standardise: first-task");
        }
        line("");
    }

    private void predicted() {
        ColumnSketch column = table.predicted();
        if (table.hasTarget()) {
            line(
                    "  # The number that is predicted, such as %s; label: in its place tells classes apart.",
                    column.values().keySet().stream()
                            .limit(MOST_TARGETS)
                            .map(SketchedScript::printed)
                            .collect(Collectors.joining(", ")));
            line("  target: %s", quoted(column.name()));
            return;
        }
        line("  # %s", counted(column));
        if (table.mayBeTarget()) {
            line(
                    "  # These may be numbers rather than classes: target: in place of label predicts the number (init --target).");
        }
        line("  label: %s", quoted(column.name()));
    }

    private List<ColumnSketch> categorical() {
        return table.features().stream()
                .filter(column -> column.kind() == ColumnSketch.Kind.CATEGORY)
                .toList();
    }

    /** But for one without a name that numbers the rows, which is left out anyway. */
    private List<ColumnSketch> excluded() {
        return table.unused();
    }

    private void list(String key, String remark, List<ColumnSketch> columns) {
        if (columns.isEmpty()) {
            return;
        }
        line("  # %s", remark);
        line("  %s:", key);
        for (ColumnSketch column : columns) {
            line(
                    "    - %s    # %s",
                    quoted(column.name()),
                    column.kind().isFeature() ? counted(column) : column.kind().unused());
        }
    }

    private void dates() {
        if (table.format().dates().isEmpty()) {
            return;
        }
        line("  # Dates, of which these parts become inputs.");
        line("  dates:");
        for (DateColumn date : table.format().dates()) {
            line(
                    "    - {column: %s, format: %s, as: [%s]}",
                    quoted(date.column()),
                    quoted(date.format()),
                    date.as().stream().map(Section::word).collect(Collectors.joining(", ")));
        }
    }

    private void missing() {
        List<ColumnSketch> without = table.lacking();
        if (without.isEmpty()) {
            return;
        }
        line(
                "  # Without a value: %s.",
                without.stream()
                        .limit(MOST_VALUES)
                        .map(column ->
                                String.format(Locale.ROOT, "%,d of %s", column.missing(), printed(column.name())))
                        .collect(Collectors.joining(", ")));
        String marks = table.marks().stream().map(SketchedScript::quoted).collect(Collectors.joining(", "));
        line("  missing: {%sfill: mean}", marks.isEmpty() ? "" : "text: [%s], ".formatted(marks));
    }

    private void tasks() {
        if (table.tasks().isPresent()
                || table.times().isPresent()
                || table.clusters().isPresent()) {
            line(
                    "# What is known at test: task (which one a row is of), domain (nothing, and all tasks %s).",
                    table.hasTarget() ? "share an output" : "have the same classes");
        } else if (table.hasTarget() || table.predicted().values().size() == 2) {
            line(
                    "# %s one task. With a column whose values are tasks (task_column: site) or whose ranges are",
                    table.hasTarget() ? "There is" : "Two classes make");
            line(
                    "# (task_column: {column: %s, parts: 4}), or a table for each (data: {tasks: [{name: a, file: a.csv},",
                    ranged());
            line("# {name: b, file: b.csv}]}), there are several.");
        } else {
            line("# Tasks of so many classes, in their order; or groups: [[0, 1], [2]] of their numbers.");
            line("split: {classes_per_task: 2}");
            line("");
            line(
                    "# What is known at test: task (which one a row is of) or class (nothing, all classes are told apart).");
        }
        line("scenario: task");
        line("");
    }

    /** A column of numbers, for an example. */
    private String ranged() {
        return table.features().stream()
                .filter(column -> column.kind() == ColumnSketch.Kind.NUMBER)
                .findFirst()
                .map(column -> quoted(column.name()))
                .orElse("year");
    }

    private static String counted(ColumnSketch column) {
        return ScriptLines.counted(column.values());
    }

    /** On one line. */
    private static String printed(String text) {
        return Printable.of(text);
    }

    private static String quoted(String text) {
        return ScriptLines.quoted(text);
    }
}
