package sluice.tasks.csv;

import sluice.tasks.Loaded;
import sluice.tasks.MemoryBudget;

/** Reads tables, and makes tasks of them. */
public final class CsvLoading {
    private CsvLoading() {}

    /**
     * Reads the files.
     *
     * @param data which files, and how they become features and classes
     * @return one data set of {@link CsvFiles.OneSet} where classes are learned, else tasks, named after the data set, each of which has a
     *     scale of its own where numbers are learned; with the SHA-256 of each
     *     file by its name
     * @throws ClusterCountException if the table does not have so many clusters
     * @throws sluice.tasks.InputException if a file cannot be read, a cell is wrong, a test part has what its training
     *     part lacks, or the data does not fit in memory
     */
    public static Loaded load(CsvData data) {
        return load(data, KnownEncodings.NONE);
    }

    /**
     * Reads the files for a model that has learned from others.
     *
     * @param data which files, and how they become features and classes
     * @param known how those became its inputs
     * @return as {@link #load(CsvData)}, with the model's categories, and its scales where the script does not ask for a task's own
     * @throws sluice.tasks.InputException as {@link #load(CsvData)}, or if files have other columns
     */
    public static Loaded load(CsvData data, KnownEncodings known) {
        return load(data, known, MemoryBudget.ofHeap());
    }

    static Loaded load(CsvData data, MemoryBudget budget) {
        return load(data, KnownEncodings.NONE, budget);
    }

    private static Loaded load(CsvData data, KnownEncodings known, MemoryBudget budget) {
        CsvTables tables = CsvTables.read(data, budget);
        tables.checkClasses();
        CsvEncoding encoding = tables.encoding(known);
        EncodedRows train = encoding.encode(tables.train(), tables.classes(), budget);
        EncodedRows test = encoding.encode(tables.test(), tables.classes(), budget);
        TaskClusters clusters = TaskClusters.NONE;
        if (data.files() instanceof CsvFiles.Clusters asked) {
            ClusteredRows rows =
                    ClusteredRows.of(asked, known.clusters(asked.count()), train, test, encoding.features(), budget);
            rows.check(tables.classes(), asked.table());
            clusters = rows.clusters();
            train = rows.train();
            test = rows.test();
        }
        encoding.unseen().line().ifPresent(tables::note);
        ConstantFeatures.of(encoding.columns(), train).line().ifPresent(tables::note);
        if (!known.one()) {
            known.note(data.standardise()).ifPresent(tables::note);
        }
        CsvScaling scaling = new CsvScaling(
                encoding.features(), data.standardise(), data.missing().fill(), tables.trainFiles(), known);
        CsvTasks tasks = new CsvTasks(
                train,
                test,
                scaling,
                new CsvRecipe(
                        encoding,
                        data.missing(),
                        tables.classes(),
                        tables.positionalNames(),
                        data.columns().hasTarget() ? data.columns().predicted().column() : "",
                        data.unseen() == UnseenCategory.REFUSE,
                        data.format(),
                        clusters));
        boolean split =
                data.files() instanceof CsvFiles.OneSet && !data.columns().hasTarget();
        return split
                ? tasks.oneSet(tables)
                : tasks.named(tables, clusters.isNone() ? tables.tasks() : clusters.tasks());
    }
}
