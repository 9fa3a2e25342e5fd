package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import sluice.tasks.InputException;
import sluice.tasks.MemoryBudget;
import sluice.tasks.TestShare;

/** Looks for clusters of rows that may be tasks, so that each has rows of both classes. */
final class ClusterSketch {
    private static final int MOST_CLUSTERS = 5;
    /** Of a larger table nobody waits for a proposal. */
    private static final long MOST_CELLS = 5_000_000;

    private ClusterSketch() {}

    /**
     * As many as five, of which each has enough rows of both classes.
     *
     * @param file the table
     * @param header where names are
     * @param format how cells are written
     * @param columns of the table
     * @param label the one of the class
     * @param least rows of each class that a task must have
     */
    static OptionalInt of(
            Path file,
            TableHeader header,
            TableFormat format,
            ImmutableList<ColumnSketch> columns,
            ColumnSketch label,
            int least) {
        long cells = (long) columns.size()
                * label.values().values().stream().mapToInt(Integer::intValue).sum();
        if (cells > MOST_CELLS) {
            return OptionalInt.empty();
        }
        try {
            return of(data(file, header, format, columns, label), least);
        } catch (InputException unfit) {
            return OptionalInt.empty(); // a run says what is wrong, with its place
        }
    }

    private static OptionalInt of(CsvData data, int least) {
        MemoryBudget budget = MemoryBudget.ofHeap();
        CsvTables tables = CsvTables.read(data, budget);
        tables.checkClasses();
        CsvEncoding encoding = tables.encoding(KnownEncodings.NONE);
        EncodedRows train = encoding.encode(tables.train(), tables.classes(), budget);
        EncodedRows test = encoding.encode(tables.test(), tables.classes(), budget);
        CsvParts table = data.files().parts().get(0);
        return IntStream.iterate(MOST_CLUSTERS, count -> count >= 2, count -> count - 1)
                .filter(count -> {
                    ClusteredRows rows = ClusteredRows.of(
                            new CsvFiles.Clusters(table, count, 1),
                            TaskClusters.NONE,
                            train,
                            test,
                            encoding.features(),
                            budget);
                    return rows.isWell(tables.classes()) && rows.leastOfAClass() >= least;
                })
                .findFirst();
    }

    private static CsvData data(
            Path file,
            TableHeader header,
            TableFormat format,
            ImmutableList<ColumnSketch> columns,
            ColumnSketch label) {
        List<ColumnSketch> features = columns.stream()
                .filter(column -> !column.equals(label) && column.kind().isFeature())
                .toList();
        List<ColumnSketch> lacking = TableSketch.lacking(columns, label, format);
        ImmutableSet<String> texts =
                lacking.stream().flatMap(column -> column.marks().stream()).collect(ImmutableSet.toImmutableSet());
        boolean misses = !lacking.isEmpty();
        return new CsvData(
                new CsvFiles.OneSet(new CsvParts.Shared(file, new TestShare(TableSketch.TEST_SHARE, 1))),
                header,
                new CsvColumns(
                        new CsvColumns.Predicted.Label(label.name()),
                        names(features, ColumnSketch.Kind.CATEGORY),
                        TableSketch.unused(columns, label, format).stream()
                                .map(ColumnSketch::name)
                                .collect(ImmutableSet.toImmutableSet())),
                Standardise.FIRST_TASK,
                misses ? new Missing(texts, new Missing.Fill.Mean()) : Missing.REFUSED,
                UnseenCategory.IGNORE,
                format);
    }

    private static ImmutableSet<String> names(List<ColumnSketch> columns, ColumnSketch.Kind kind) {
        return columns.stream()
                .filter(column -> column.kind() == kind)
                .map(ColumnSketch::name)
                .collect(ImmutableSet.toImmutableSet());
    }
}
