package sluice.evaluation.matrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;
import sluice.evaluation.matrix.MatrixOptions.Layout;

/**
 * A grid in JSON whose parts have names, which do not say by themselves whether they are tasks learned or tasks asked for:
 * some systems write a part per task learned, others, pandas among them, a part per column. Names tell where they say
 * "after" or count rows; else the cells that are missing tell, as tasks are not asked for before they are learned.
 *
 * @param source what to call the file in messages
 * @param outer names of the parts, in the file's order
 * @param inner names of the cells of parts that are objects; none where they are lists
 * @param cells by part: as many as there are
 */
record NamedGrid(
        String source,
        ImmutableList<String> outer,
        ImmutableList<String> inner,
        ImmutableList<ImmutableList<String>> cells) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    /** Reads an object of lists, or of objects. */
    static NamedGrid of(JsonNode tree, String source) {
        Set<String> inner = new LinkedHashSet<>();
        elements(tree)
                .filter(JsonNode::isObject)
                .forEach(part -> part.fieldNames().forEachRemaining(inner::add));
        return new NamedGrid(
                source,
                ImmutableList.copyOf(tree.fieldNames()),
                ImmutableList.copyOf(inner),
                elements(tree)
                        .map(part -> part.isObject()
                                ? inner.stream()
                                        .map(name -> JsonTable.text(part.path(name)))
                                        .collect(ImmutableList.toImmutableList())
                                : JsonTable.cells(part))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    /**
     * {@return the grid upright}
     *
     * @param layout what the user says
     * @throws MatrixFormatException with both readings, where nothing tells
     */
    TextTable upright(Optional<Layout> layout) {
        boolean turned = layout.map(said -> said == Layout.TURNED).orElseGet(this::isTurned);
        return new TextTable(
                source,
                turned ? "each name is a task asked for" : "each name is a task learned",
                turned ? rows(inner, outer, columns()) : rows(outer, inner, cells));
    }

    private boolean isTurned() {
        boolean namesLearned = nameRows(outer);
        boolean namesAsked = nameRows(inner);
        if (namesLearned != namesAsked) {
            return namesAsked;
        }
        boolean asTheyAre =
                isWhole(cells, cells.stream().mapToInt(List::size).max().orElse(0));
        boolean asTurned = isWhole(columns(), outer.size());
        if (asTheyAre && asTurned && outer.size() > 1) {
            throw new MatrixFormatException(
                    "%s: can be read in two ways: each name (%s) is a task learned (--layout grid), or a task asked for (--layout turned): say which"
                            .formatted(Printable.of(source), Printable.abbreviated(String.join(", ", outer), 60)));
        }
        return asTurned && !asTheyAre;
    }

    private static boolean nameRows(List<String> names) {
        Predicate<String> counts = name -> NUMBER.matcher(name).matches();
        return !names.isEmpty()
                && (names.stream().allMatch(ColumnName::saysAfter)
                        || (names.stream().allMatch(counts) && Cells.count(names)));
    }

    /** Whether rows of tasks learned hold all tasks that were learned by then, or, but for the last row, the newest alone. */
    private static boolean isWhole(List<ImmutableList<String>> rows, int tasks) {
        int untrained = rows.size() == tasks + 1 ? 1 : 0;
        return rows.size() <= tasks + 1
                && IntStream.range(untrained, rows.size()).allMatch(row -> {
                    int learned = row + 1 - untrained;
                    List<String> there = rows.get(row);
                    return IntStream.range(0, learned).allMatch(task -> isThere(there, task))
                            || (learned < tasks
                                    && isThere(there, learned - 1)
                                    && there.stream()
                                                    .filter(cell -> !Cells.isMissing(cell))
                                                    .count()
                                            == 1);
                });
    }

    private static boolean isThere(List<String> row, int task) {
        return task < row.size() && !Cells.isMissing(row.get(task));
    }

    private ImmutableList<ImmutableList<String>> columns() {
        int most = cells.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, most)
                .mapToObj(column -> cells.stream()
                        .map(part -> column < part.size() ? part.get(column) : "")
                        .collect(ImmutableList.toImmutableList()))
                .collect(ImmutableList.toImmutableList());
    }

    /** Under a header of the tasks' names, if they have some, and beside those of the rows, if they have some. */
    private static ImmutableList<TextTable.Row> rows(
            List<String> rowNames, List<String> tasks, List<ImmutableList<String>> cells) {
        ImmutableList.Builder<TextTable.Row> rows = ImmutableList.builder();
        if (!tasks.isEmpty()) {
            rows.add(row(1, rowNames.isEmpty() ? ImmutableList.of() : ImmutableList.of(""), tasks));
        }
        for (int i = 0; i < cells.size(); i++) {
            rows.add(row(
                    i + 2, rowNames.isEmpty() ? ImmutableList.of() : ImmutableList.of(rowNames.get(i)), cells.get(i)));
        }
        return rows.build();
    }

    private static TextTable.Row row(int number, List<String> name, List<String> cells) {
        return new TextTable.Row(
                number,
                ImmutableList.<String>builder().addAll(name).addAll(cells).build());
    }
}
