package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.tasks.ClassNumbers;
import sluice.tasks.InputException;
import sluice.tasks.MemoryBudget;
import sluice.tasks.TestShare;

/** The rows of all tables. Mutable while they are read. */
final class CsvTables {
    private final CsvData data;
    private final CsvLayout layout;
    private final MemoryBudget budget;
    private final ImmutableList<String> names;
    private final ImmutableList<String> declaredClasses;
    private final Set<String> notes = new LinkedHashSet<>();
    private final List<CsvRow> train = new ArrayList<>();
    private final List<CsvRow> test = new ArrayList<>();
    private final Set<String> tasks = new LinkedHashSet<>();
    private final Map<Path, String> sha256 = new LinkedHashMap<>();
    private final Set<String> problems = new LinkedHashSet<>();

    private CsvTables(CsvData data, MemoryBudget budget) {
        this.data = data;
        this.budget = budget;
        try (CsvFile first = CsvFile.open(data.files().parts().get(0).trainFile(), data.header(), data.format())) {
            this.layout = CsvLayout.of(first.header(), data);
            this.names = first.header().names().subList(0, first.written());
            this.declaredClasses = first.header()
                    .declared()
                    .getOrDefault(data.columns().predicted().column(), ImmutableList.of());
            checkIsHeader(first.header());
        }
    }

    static CsvTables read(CsvData data, MemoryBudget budget) {
        CsvTables tables = new CsvTables(data, budget);
        if (data.files() instanceof CsvFiles.PerTask named) {
            named.tasks().forEach(task -> tables.read(task.table(), task.name()));
        } else {
            data.files().parts().forEach(table -> tables.read(table, CsvData.NAME));
        }
        if (!tables.problems.isEmpty()) {
            throw new InputException(List.copyOf(tables.problems));
        }
        return tables;
    }

    private void read(CsvParts table, String task) {
        List<CsvRow> rows = rowsIfWell(table.trainFile(), task);
        List<CsvRow> tested = table instanceof CsvParts.TrainAndTest two ? rowsIfWell(two.test(), task) : List.of();
        if (data.files() instanceof CsvFiles.RangeColumn column && problems.isEmpty()) {
            RangeTasks ranges = RangeTasks.of(column.ranges(), rows, table.trainFile());
            tasks.addAll(ranges.names());
            rows = ranges.named(rows);
            tested = ranges.named(tested);
        }
        rows.forEach(row -> tasks.add(row.task()));
        if (table instanceof CsvParts.TrainAndTest) {
            train.addAll(rows);
            test.addAll(tested);
            return;
        }
        if (rows.isEmpty()) {
            return;
        }
        BitSet chosen = shared(rows, ((CsvParts.Shared) table).share());
        for (int i = 0; i < rows.size(); i++) {
            (chosen.get(i) ? test : train).add(rows.get(i));
        }
    }

    /** Which rows are for testing. */
    private BitSet shared(List<CsvRow> rows, TestShare share) {
        if (data.columns().hasTarget()) {
            return share.choose(rows.stream().map(CsvRow::task).toList(), CsvTargets.of(rows));
        }
        List<TaskClass> classes = rows.stream().map(TaskClass::of).toList();
        BitSet chosen = share.choose(classes);
        if (!share.isNone()) {
            checkShared(rows, classes, chosen);
        }
        return chosen;
    }

    /** What is wrong with one file is told with what is wrong with the others. */
    private List<CsvRow> rowsIfWell(Path file, String task) {
        try {
            return rows(file, task);
        } catch (InputException wrong) {
            problems.addAll(wrong.lines());
            return List.of();
        }
    }

    private List<CsvRow> rows(Path file, String task) {
        CsvRows.FileRows read = new CsvRows(data, layout, task, budget).read(file);
        sha256.put(file, read.sha256());
        read.notes().forEach(note -> notes.add("%s: %s".formatted(CsvPlace.name(file.getFileName()), note)));
        if (read.numbered()) {
            notes.add("%s: the first column has no name and numbers the rows: it is left out"
                    .formatted(CsvPlace.name(file.getFileName())));
        }
        return read.rows();
    }

    /** A class with a single row has none to test it with. */
    private void checkShared(List<CsvRow> rows, List<TaskClass> classes, BitSet chosen) {
        Set<TaskClass> tested = new HashSet<>();
        chosen.stream().forEach(i -> tested.add(classes.get(i)));
        for (int i = 0; i < rows.size(); i++) {
            if (!tested.contains(classes.get(i))) {
                throw rows.get(i)
                        .place()
                        .error(
                                data.columns().predicted().column(),
                                "%s has this row alone, and test_share needs two of each class: add rows, leave it out, or test nothing by test_share: 0"
                                        .formatted(classes.get(i)));
            }
        }
    }

    /**
     * @throws sluice.tasks.InputException if a test row is of a class or task without training rows, or a task has one
     *     class or no test rows
     */
    void checkClasses() {
        new CsvClasses(data, train).check(test);
    }

    /** A label whose name is one of its own cells is a class, and the line a row, which must not be lost. */
    private void checkIsHeader(CsvHeader header) {
        if (data.header() instanceof TableHeader.FirstLine) {
            List<ImmutableList<String>> lines = CsvFile.firstRows(header.place().file(), data.format());
            if (HeaderlikeRow.recurs(
                            lines,
                            header.positions().get(data.columns().predicted().column()))
                    && HeaderlikeRow.looksLikeData(lines)) {
                throw header.data("");
            }
        }
    }

    /** Adds one of {@link #notes}. */
    void note(String line) {
        notes.add(line);
    }

    /** What was done to the tables that nobody asked for, a line each. */
    ImmutableList<String> notes() {
        return ImmutableList.copyOf(notes);
    }

    /** Names of all columns where files have no header; else none. */
    ImmutableList<String> positionalNames() {
        return data.header() instanceof TableHeader.None ? names : ImmutableList.of();
    }

    List<CsvRow> train() {
        return train;
    }

    List<CsvRow> test() {
        return test;
    }

    /** Whether nothing tells tasks apart. */
    boolean isOneTask() {
        return data.files() instanceof CsvFiles.OneSet;
    }

    /** Names of the tasks in order. */
    ImmutableList<String> tasks() {
        return ImmutableList.copyOf(tasks);
    }

    ClassNumbers classes() {
        List<String> labels = train.stream().map(CsvRow::label).toList();
        return declaredClasses.containsAll(labels) && !declaredClasses.isEmpty()
                ? ClassNumbers.inOrder(declaredClasses, labels)
                : ClassNumbers.of(labels);
    }

    CsvEncoding encoding(KnownEncodings known) {
        return CsvEncoding.of(layout.features(), train, data.unseen(), known);
    }

    /** The training file of each task, or the one of all. */
    ImmutableList<Path> trainFiles() {
        return data.files().parts().stream().map(CsvParts::trainFile).collect(ImmutableList.toImmutableList());
    }

    /** SHA-256 (hex) by file name; by the whole path where several files have the same name. */
    ImmutableMap<String, String> checksums() {
        Map<String, String> checksums = new LinkedHashMap<>();
        sha256.forEach((file, sum) -> {
            boolean shared = sha256.keySet().stream()
                            .filter(other -> other.getFileName().equals(file.getFileName()))
                            .count()
                    > 1;
            checksums.put(shared ? file.toString() : file.getFileName().toString(), sum);
        });
        return ImmutableMap.copyOf(checksums);
    }
}
