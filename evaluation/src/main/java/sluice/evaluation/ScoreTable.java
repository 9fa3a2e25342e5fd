package sluice.evaluation;

import static com.github.freva.asciitable.HorizontalAlign.LEFT;
import static com.github.freva.asciitable.HorizontalAlign.RIGHT;
import static com.google.common.base.Preconditions.checkArgument;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A matrix of scores as text, "-" for a missing cell: a row per task learned, a column per task.
 *
 * <p>More tasks than fit side by side go into several tables, one below the other. A name longer than {@value
 * #NAME_LENGTH} characters is abbreviated with an ellipsis, carries its task's number, and is listed in full below
 * the table. Control characters in names are replaced. Columns are aligned by UTF-16 units, so names in wide scripts
 * may shift a column's edge.
 *
 * @param title what the cells are, such as {@code accuracy}
 * @param tasks by name, in the order in which they are learned
 * @param cells as text
 * @param width characters per line that a table may take, at least 48; a line of a name's own may be longer
 */
public record ScoreTable(String title, List<String> tasks, Cells cells, int width) {
    /** Characters of a name that a table shows. */
    public static final int NAME_LENGTH = 12;

    private static final String MISSING = "-";
    private static final int BORDER = "| ".length() + " ".length();
    private static final int MIN_WIDTH = 48;

    /** What a table shows. */
    @FunctionalInterface
    public interface Cells {
        /**
         * {@return the cell as text; empty if it is missing}
         *
         * @param afterTask i, the number of tasks learned, from 0
         * @param task j, the task evaluated, from 1
         */
        Optional<String> at(int afterTask, int task);
    }

    /** Checks that the width is sufficient for the labels and one column. */
    public ScoreTable {
        checkArgument(width >= MIN_WIDTH, "width must be at least %s, got %s", MIN_WIDTH, width);
    }

    /**
     * The table: a row per task learned, from "untrained" to the last row that has a cell; a column per task.
     *
     * @return lines separated by \n, with none at the end
     */
    public String text() {
        return text(List.of());
    }

    /**
     * The table with a last line of its own.
     *
     * @param label of the line
     * @param values one per task
     * @return lines separated by \n, with none at the end
     */
    public String textWithFooter(String label, List<String> values) {
        return text(List.of(new Line(label, values)));
    }

    /**
     * One row of the matrix as one plain line, for progress: {@code after 2 (2-3):  0-1 0.9991  2-3 0.9912}, or
     * {@code after 2 (2-3): not tested}.
     *
     * @param afterTask i, the number of tasks learned, in [0, T]
     * @return the line, without an end
     */
    public String row(int afterTask) {
        List<String> values = values(afterTask);
        String moment = afterTask == 0 ? "untrained" : "after " + afterTask + " (" + shortName(afterTask) + ")";
        if (values.stream().allMatch(MISSING::equals)) {
            return moment + ": not tested";
        }
        return numbers()
                .mapToObj(j -> "  " + columnLabel(j) + " " + values.get(j - 1))
                .collect(Collectors.joining("", moment + ":", ""));
    }

    private record Line(String label, List<String> values) {}

    private String text(List<Line> footer) {
        List<Line> lines = IntStream.rangeClosed(0, lastRow())
                .mapToObj(i -> new Line(rowLabel(i), values(i)))
                .toList();
        List<Line> all = Stream.concat(lines.stream(), footer.stream()).toList();
        int labelWidth = longest(all.stream().map(Line::label));
        int columnWidth = longest(Stream.concat(
                numbers().mapToObj(this::columnLabel), all.stream().flatMap(line -> line.values().stream())));
        int perTable = Math.max(1, (width - labelWidth - BORDER - 1) / (columnWidth + BORDER));
        Stream<String> tables = IntStream.iterate(1, j -> j <= taskCount(), j -> j + perTable)
                .mapToObj(first -> table(lines, footer, first, Math.min(taskCount(), first + perTable - 1)));
        return Stream.concat(tables, fullNames()).collect(Collectors.joining("\n"));
    }

    private String table(List<Line> lines, List<Line> footer, int first, int last) {
        List<ColumnData<Line>> columns = new ArrayList<>();
        Column labels =
                new Column().header(title).headerAlign(LEFT).dataAlign(LEFT).footerAlign(LEFT);
        footer.forEach(line -> labels.footer(line.label()));
        columns.add(labels.with(Line::label));
        for (int task = first; task <= last; task++) {
            int index = task - 1;
            Column column =
                    new Column().header(columnLabel(task)).headerAlign(RIGHT).dataAlign(RIGHT);
            footer.forEach(line -> column.footer(line.values().get(index)).footerAlign(RIGHT));
            columns.add(column.with(line -> line.values().get(index)));
        }
        return AsciiTable.builder()
                .border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS)
                .lineSeparator("\n")
                .data(lines, columns)
                .asString();
    }

    private Stream<String> fullNames() {
        return numbers().filter(this::isAbbreviated).mapToObj(j -> "task " + j + ": " + Printable.of(tasks.get(j - 1)));
    }

    private List<String> values(int afterTask) {
        return numbers().mapToObj(j -> cells.at(afterTask, j).orElse(MISSING)).toList();
    }

    private int lastRow() {
        return IntStream.iterate(taskCount(), i -> i > 0, i -> i - 1)
                .filter(i -> numbers().anyMatch(j -> cells.at(i, j).isPresent()))
                .findFirst()
                .orElse(0);
    }

    private String rowLabel(int afterTask) {
        return afterTask == 0 ? "untrained" : "after " + afterTask + ": " + shortName(afterTask);
    }

    /** The name, with the task's number where it is abbreviated: two long names may begin alike. */
    private String columnLabel(int task) {
        return isAbbreviated(task) ? task + ":" + shortName(task) : shortName(task);
    }

    private boolean isAbbreviated(int task) {
        return tasks.get(task - 1).length() > NAME_LENGTH;
    }

    private String shortName(int task) {
        return Printable.abbreviated(tasks.get(task - 1), NAME_LENGTH);
    }

    private IntStream numbers() {
        return IntStream.rangeClosed(1, taskCount());
    }

    private int taskCount() {
        return tasks.size();
    }

    private static int longest(Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(0);
    }
}
