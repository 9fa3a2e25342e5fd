package sluice.evaluation.matrix;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;
import sluice.evaluation.SpreadsheetText;

/** A line per accuracy: how many tasks are learned, or which was last; the task asked for; and accuracy, or counts. */
final class LongTable {
    private static final String EXPECTATION =
            ": write the columns after_task,task,accuracy or after_task,task,correct,total, with strategy and seed where there are several";
    private static final double TOLERANCE = 1e-9;

    private final TextTable table;
    private final ImmutableList<String> header;
    private final Map<ColumnName, Integer> columns = new EnumMap<>(ColumnName.class);
    private final List<String> leftOut = new ArrayList<>();
    private final Scale scale;
    private final boolean isStated;

    private LongTable(TextTable table, MatrixOptions options) {
        this.table = table;
        this.header = table.rows().get(0).cells();
        this.isStated = options.layout().isPresent();
        find();
        this.scale = has(ColumnName.ACCURACY)
                ? Scale.of(options.percent(), table.column(columns.get(ColumnName.ACCURACY), 1))
                : new Scale(options.percent());
    }

    /** Whether a header is that of such a table, or of one that lacks a column. */
    static boolean isLong(List<String> header) {
        boolean figures = header.stream()
                .anyMatch(name ->
                        ColumnName.ACCURACY.is(name) || ColumnName.CORRECT.is(name) || ColumnName.TASK.is(name));
        boolean learned = header.stream().anyMatch(ColumnName.LEARNED::is);
        boolean others = header.stream().anyMatch(ColumnName.ACCURACY::is)
                && header.stream().anyMatch(ColumnName.TASK::is);
        return (learned && figures) || others;
    }

    static ReadMatrix read(TextTable table, MatrixOptions options, String strategy) {
        return new LongTable(table, options).read(strategy);
    }

    private void find() {
        for (int c = 0; c < header.size(); c++) {
            String name = header.get(c);
            ColumnName role = role(name);
            Integer other = role == ColumnName.OTHER ? null : columns.putIfAbsent(role, c);
            if (other != null) {
                throw refusedHeader("columns %s and %s could both be the %s: leave one out"
                        .formatted(
                                Printable.quoted(header.get(other)),
                                Printable.quoted(name),
                                ColumnName.plain(role.name())));
            }
            if (role == ColumnName.OTHER) {
                leftOut.add(name);
            }
        }
        if (!has(ColumnName.LEARNED)) {
            throw refusedHeader("missing column after_task" + EXPECTATION);
        }
        if (!has(ColumnName.TASK)) {
            throw refusedHeader("missing column task" + EXPECTATION);
        }
        if (!has(ColumnName.ACCURACY) && !(has(ColumnName.CORRECT) && has(ColumnName.TOTAL))) {
            throw refusedHeader("missing column accuracy" + EXPECTATION);
        }
        if (has(ColumnName.CORRECT) != has(ColumnName.TOTAL)) {
            throw refusedHeader("missing column " + (has(ColumnName.CORRECT) ? "total" : "correct") + EXPECTATION);
        }
    }

    private static ColumnName role(String name) {
        for (ColumnName role : List.of(
                ColumnName.LEARNED,
                ColumnName.TASK,
                ColumnName.ACCURACY,
                ColumnName.CORRECT,
                ColumnName.TOTAL,
                ColumnName.STRATEGY,
                ColumnName.SEED)) {
            if (role.is(name)) {
                return role;
            }
        }
        return ColumnName.OTHER;
    }

    private MatrixFormatException refusedHeader(String what) {
        return table.refusal(table.rows().get(0), what);
    }

    private boolean has(ColumnName role) {
        return columns.containsKey(role);
    }

    private String name(ColumnName role) {
        return header.get(columns.get(role));
    }

    private String text(TextTable.Row row, ColumnName role) {
        String text = SpreadsheetText.plain(row.cell(columns.get(role)));
        if (text.isEmpty()) {
            throw table.refusal(row, name(role), "is empty: write a value");
        }
        return text;
    }

    private record Key(String strategy, long seed) {}

    private ReadMatrix read(String strategy) {
        Map<Key, List<TextTable.Row>> byRun = new LinkedHashMap<>();
        for (TextTable.Row row : table.rows().subList(1, table.rows().size())) {
            if (row.cells().equals(header)) {
                continue; // files that were joined end to end
            }
            if (row.cells().size() > header.size()) {
                throw table.refusal(
                        row,
                        "%d values, but the header names %d: write as many"
                                .formatted(row.cells().size(), header.size()));
            }
            Key key = new Key(
                    has(ColumnName.STRATEGY) ? text(row, ColumnName.STRATEGY) : strategy,
                    has(ColumnName.SEED) ? seed(row) : 1);
            byRun.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        }
        if (byRun.isEmpty()) {
            throw refusedHeader("there is no line but the header" + EXPECTATION);
        }
        ImmutableList.Builder<AccuracyMatrix> runs = ImmutableList.builder();
        LongRuns each = new LongRuns();
        byRun.forEach((key, rows) -> runs.addAll(each.read(key, rows)));
        return new ReadMatrix(runs.build(), has(ColumnName.CORRECT), statement(runs.build(), each));
    }

    private String statement(List<AccuracyMatrix> runs, LongRuns read) {
        List<String> parts = new ArrayList<>();
        parts.add("a line per accuracy, %s: column %s says what was learned%s, %s what was asked for, %s the accuracy%s"
                .formatted(
                        counted(runs.get(0).tasks().size(), "task")
                                + (runs.size() > 1 ? ", " + runs.size() + " runs" : ""),
                        Printable.of(name(ColumnName.LEARNED)),
                        read.learning,
                        Printable.of(name(ColumnName.TASK)),
                        has(ColumnName.ACCURACY)
                                ? Printable.of(name(ColumnName.ACCURACY))
                                : name(ColumnName.CORRECT) + " and " + name(ColumnName.TOTAL),
                        scale.isPercent() ? ", in percent" : ""));
        if (!leftOut.isEmpty()) {
            parts.add("left out: "
                    + Joiner.on(", ").join(leftOut.stream().map(Printable::of).toList()));
        }
        if (read.repeated > 0) {
            parts.add(counted(read.repeated, "line") + " that repeat" + (read.repeated == 1 ? "s" : "")
                    + " another left out");
        }
        if (read.appended > 1) {
            parts.add("%d runs one after another, numbered as seeds".formatted(read.appended));
        }
        return String.join("; ", parts);
    }

    static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private long seed(TextTable.Row row) {
        try {
            return Long.parseLong(text(row, ColumnName.SEED));
        } catch (NumberFormatException e) {
            throw table.refusal(
                    row,
                    name(ColumnName.SEED),
                    "must be a whole number, got " + Printable.quoted(text(row, ColumnName.SEED)));
        }
    }

    /** The runs of one strategy and seed: one, or several that were appended to one file. */
    private final class LongRuns {
        private int repeated;
        private int appended;
        private String learning = "";

        List<AccuracyMatrix> read(Key key, List<TextTable.Row> rows) {
            Learned learned = Learned.of(
                    table,
                    name(ColumnName.LEARNED),
                    rows.stream().map(row -> text(row, ColumnName.LEARNED)).toList(),
                    rows.stream().map(row -> text(row, ColumnName.TASK)).toList(),
                    isStated,
                    rows);
            learning = learned.statement();
            List<List<TextTable.Row>> parts = parts(rows, learned);
            appended = Math.max(appended, parts.size());
            return IntStream.range(0, parts.size())
                    .mapToObj(p -> matrix(new Key(key.strategy(), key.seed() + p), parts.get(p), learned))
                    .toList();
        }

        /** The rows as they are where no two of them disagree; else parts in each of which learning begins anew. */
        private List<List<TextTable.Row>> parts(List<TextTable.Row> rows, Learned learned) {
            if (has(ColumnName.SEED) || !disagree(rows, learned)) {
                return List.of(rows);
            }
            List<List<TextTable.Row>> parts = new ArrayList<>();
            int before = Integer.MAX_VALUE;
            for (TextTable.Row row : rows) {
                int after = learned.after(text(row, ColumnName.LEARNED));
                if (after < before) {
                    parts.add(new ArrayList<>());
                }
                parts.get(parts.size() - 1).add(row);
                before = after;
            }
            return parts.stream().noneMatch(part -> disagree(part, learned)) ? parts : List.of(rows);
        }

        /** Whether a row says otherwise than one before it. */
        private boolean disagree(List<TextTable.Row> rows, Learned learned) {
            AccuracyMatrix.Cell[][] seen =
                    new AccuracyMatrix.Cell[learned.tasks().size() + 1][];
            for (TextTable.Row row : rows) {
                AccuracyMatrix.Cell cell = cell(row);
                AccuracyMatrix.Cell earlier = taken(seen, row, learned, cell);
                if (earlier != null && !earlier.equals(cell)) {
                    return true;
                }
            }
            return false;
        }

        /** Puts a cell in its place; what is there already, or nothing. */
        private AccuracyMatrix.Cell taken(
                AccuracyMatrix.Cell[][] seen, TextTable.Row row, Learned learned, AccuracyMatrix.Cell cell) {
            int after = learned.after(text(row, ColumnName.LEARNED));
            if (after >= seen.length) {
                throw table.refusal(
                        row,
                        name(ColumnName.LEARNED),
                        after + " tasks are learned, but there are only "
                                + learned.tasks().size()
                                + ": after_task counts the tasks learned; add the lines of the other tasks");
            }
            if (seen[after] == null) {
                seen[after] = new AccuracyMatrix.Cell[learned.tasks().size() + 1];
            }
            int task = learned.task(text(row, ColumnName.TASK));
            AccuracyMatrix.Cell earlier = seen[after][task];
            seen[after][task] = cell;
            return earlier;
        }

        private AccuracyMatrix matrix(Key key, List<TextTable.Row> rows, Learned learned) {
            AccuracyMatrix.Builder matrix = AccuracyMatrix.builder(key.strategy(), key.seed(), learned.tasks());
            AccuracyMatrix.Cell[][] seen =
                    new AccuracyMatrix.Cell[learned.tasks().size() + 1][];
            for (TextTable.Row row : rows) {
                AccuracyMatrix.Cell cell = cell(row);
                AccuracyMatrix.Cell earlier = taken(seen, row, learned, cell);
                if (earlier == null) {
                    matrix.set(
                            learned.after(text(row, ColumnName.LEARNED)),
                            learned.task(text(row, ColumnName.TASK)),
                            cell);
                } else if (earlier.equals(cell)) {
                    repeated++;
                } else {
                    throw table.refusal(
                            row,
                            name(ColumnName.TASK),
                            "this cell is on line " + earlier(rows, row).number()
                                    + " already, with another accuracy: remove one, or tell runs apart in the columns strategy and seed");
                }
            }
            return matrix.build();
        }

        private TextTable.Row earlier(List<TextTable.Row> rows, TextTable.Row later) {
            return rows.stream()
                    .filter(row -> text(row, ColumnName.LEARNED).equals(text(later, ColumnName.LEARNED))
                            && text(row, ColumnName.TASK).equals(text(later, ColumnName.TASK)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private AccuracyMatrix.Cell cell(TextTable.Row row) {
        if (!has(ColumnName.CORRECT)) {
            return accuracy(row);
        }
        int total = count(row, ColumnName.TOTAL, 1);
        int correct = count(row, ColumnName.CORRECT, 0);
        if (correct > total) {
            throw table.refusal(
                    row, name(ColumnName.CORRECT), correct + " of " + total + " cannot be correct: correct the counts");
        }
        AccuracyMatrix.Cell cell = new AccuracyMatrix.Cell(correct, total);
        if (has(ColumnName.ACCURACY)
                && !Cells.isMissing(row.cell(columns.get(ColumnName.ACCURACY)))
                && Math.abs(accuracy(row).accuracy() - cell.accuracy()) > TOLERANCE) {
            throw table.refusal(
                    row,
                    name(ColumnName.ACCURACY),
                    Printable.quoted(row.cell(columns.get(ColumnName.ACCURACY))) + " is not " + correct + " of " + total
                            + ": correct the accuracy or the counts");
        }
        return cell;
    }

    private AccuracyMatrix.Cell accuracy(TextTable.Row row) {
        String text = row.cell(columns.get(ColumnName.ACCURACY));
        if (Cells.isMissing(text)) {
            throw table.refusal(row, name(ColumnName.ACCURACY), "is empty: write the accuracy, or remove the line");
        }
        return scale.cell(table, row, name(ColumnName.ACCURACY), text);
    }

    private int count(TextTable.Row row, ColumnName role, int least) {
        String text = row.cell(columns.get(role));
        if (!Cells.isWhole(text) || Cells.whole(text) < least) {
            throw table.refusal(
                    row,
                    name(role),
                    "must be a whole number in [" + least + ", " + Integer.MAX_VALUE + "], got "
                            + Printable.quoted(text));
        }
        return Cells.whole(text);
    }
}
