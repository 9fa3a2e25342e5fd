package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.tasks.Printable;
import sluice.tasks.csv.CsvColumns;
import sluice.tasks.csv.CsvData;
import sluice.tasks.csv.CsvFiles;
import sluice.tasks.csv.CsvParts;
import sluice.tasks.csv.Missing;
import sluice.tasks.csv.Standardise;
import sluice.tasks.csv.TableFormat;
import sluice.tasks.csv.TableHeader;
import sluice.tasks.csv.UnseenCategory;

/** Reads the keys of {@code data} that say which tables are learned. */
final class CsvSection {
    private static final String CLUSTERS = "clusters";
    static final ImmutableList<String> KEYS = ImmutableList.<String>builder()
            .add("train", "test", "file", "tasks", "task_column", CLUSTERS)
            .addAll(TableFormatKeys.KEYS)
            .add("header", "names", "label", "target", "categorical", "exclude", "standardise", "missing", "unseen")
            .build();
    static final ImmutableList<String> TASK_KEYS = ImmutableList.of("name", "train", "test", "file");
    private static final ImmutableList<String> TABLE_KEYS =
            ImmutableList.of("train", "test", "file", "task_column", CLUSTERS);
    private static final Range<Integer> COUNTS = Range.closed(2, 100);

    private static final String NAME = "a printable name that no other task has";

    private final Section data;
    private final Path scriptFolder;

    private CsvSection(Section data, Path scriptFolder) {
        this.data = data;
        this.scriptFolder = scriptFolder;
    }

    static CsvData read(Section data, Path scriptFolder) {
        data.refuseWhere(
                "set",
                CsvData.NAME,
                "folder",
                "has no meaning where set is csv: write paths as train and test, file or tasks");
        if (data.choice("normalisation", DataSettings.Scaling.NONE) != DataSettings.Scaling.NONE) {
            throw data.error("normalisation", "is for pixels: where set is csv write standardise instead");
        }
        CsvColumns columns = columns(data);
        TableFormat format = TableFormatKeys.read(data);
        if (isDated(columns.predicted(), format)) {
            throw data.error(
                    "dates",
                    "column '%s' is the target, of which no part may be an input: leave it out here"
                            .formatted(Complaint.quote(columns.predicted().column())));
        }
        return new CsvData(
                new CsvSection(data, scriptFolder).files(),
                header(data),
                columns,
                data.choice("standardise", Standardise.FIRST_TASK),
                MissingSection.read(data.section("missing", MissingSection.KEYS)),
                data.choice("unseen", UnseenCategory.IGNORE),
                format);
    }

    private static boolean isDated(CsvColumns.Predicted predicted, TableFormat format) {
        return predicted instanceof CsvColumns.Predicted.Target target
                && format.dates().stream().anyMatch(date -> date.column().equals(target.column()));
    }

    private CsvFiles files() {
        refuseNothing(data, "tasks", "tasks: [{name: first, train: train.csv, test: test.csv}]");
        if (data.value("tasks").isPresent()) {
            TABLE_KEYS.forEach(
                    key -> data.refuseBeside("tasks", key, "cannot stand beside tasks: remove one of the two"));
            return new CsvFiles.PerTask(tasks(data.value("tasks").orElseThrow()));
        }
        CsvParts table = parts(data);
        refuseShareWithoutFile(table instanceof CsvParts.Shared);
        if (data.value(CLUSTERS).isPresent()) {
            data.refuseBeside(CLUSTERS, "task_column", "cannot stand beside clusters: remove one of the two");
            long seed = table instanceof CsvParts.Shared shared ? shared.share().seed() : 1;
            return new CsvFiles.Clusters(table, data.integer(CLUSTERS, COUNTS, 2), seed);
        }
        return data.value("task_column")
                .map(column -> TaskColumnKeys.files(column, table, data))
                .orElse(new CsvFiles.OneSet(table));
    }

    private ImmutableList<CsvFiles.NamedTable> tasks(Value list) {
        ImmutableList.Builder<CsvFiles.NamedTable> tasks = ImmutableList.builder();
        Set<String> names = new HashSet<>();
        boolean shared = false;
        for (Value item : list.items("a list of tasks like {name: a, train: a-train.csv, test: a-test.csv}")) {
            Section task = Section.of(item, TASK_KEYS);
            Value name = task.required("name", "name: first");
            String text = name.text(DataSettings.NOT_BLANK, NAME);
            if (!Printable.of(text).equals(text) || !names.add(text)) {
                throw name.complaint(
                                "must be %s, got %s".formatted(NAME, name.node().kind()))
                        .mendedBy(name.replacement("task-" + names.size()));
            }
            CsvParts table = parts(task);
            shared |= table instanceof CsvParts.Shared;
            tasks.add(new CsvFiles.NamedTable(text, table));
        }
        refuseShareWithoutFile(shared);
        return tasks.build();
    }

    /** Training and test part: two files, or one that is divided. */
    private CsvParts parts(Section section) {
        refuseNothing(section, "file", "file: all.csv");
        if (section.value("file").isPresent()) {
            ImmutableList.of("train", "test")
                    .forEach(key ->
                            section.refuseBeside("file", key, "cannot stand beside file: remove one of the two"));
            return new CsvParts.Shared(path(section, "file", "all.csv"), TestShareKeys.read(data));
        }
        return new CsvParts.TrainAndTest(path(section, "train", "train.csv"), path(section, "test", "test.csv"));
    }

    /** Whoever forgot what stands there need not write what would be needed without the key. */
    private static void refuseNothing(Section section, String key, String example) {
        section.value(key)
                .filter(value -> value.node() instanceof Node.Scalar scalar && scalar.isNull())
                .ifPresent(value -> {
                    throw value.complaint("has nothing: write for instance %s".formatted(example))
                            .mendedBy(new Repair.Insert(key, example));
                });
    }

    private Path path(Section section, String key, String example) {
        Value value = required(section, key, "%s: %s".formatted(key, example));
        return DataSettings.absolute(value, DataSettings.path(value, "a file"), scriptFolder);
    }

    /** Where tasks are mistaken, nobody knows that there should be a table beside them. */
    private Value required(Section section, String key, String example) {
        try {
            return section.required(key, example);
        } catch (ScriptMistake missing) {
            throw section == data ? missing.hangingOn(data.key("tasks")) : missing;
        }
    }

    private void refuseShareWithoutFile(boolean shared) {
        if (!shared) {
            TestShareKeys.refuse(data, "applies only to a file in place of train and test: write file, or remove it");
        }
    }

    private enum Header {
        FIRST_LINE,
        NONE
    }

    private static TableHeader header(Section data) {
        if (data.choice("header", Header.FIRST_LINE) == Header.FIRST_LINE) {
            data.refuseWhere(
                    "header",
                    Section.word(Header.FIRST_LINE),
                    "names",
                    "names the columns of files without a header: write header: none beside it, or remove it");
            return new TableHeader.FirstLine();
        }
        return new TableHeader.None(data.value("names")
                .map(list -> columnNames(list.items("a list of a name per column like [width, height, species]")))
                .orElse(ImmutableList.of()));
    }

    private static ImmutableList<String> columnNames(ImmutableList<Value> items) {
        Set<String> names = new LinkedHashSet<>();
        for (Value item : items) {
            if (item.text().isBlank() || !names.add(item.text())) {
                throw item.error("must be a name that no other column has");
            }
        }
        return ImmutableList.copyOf(names);
    }

    private static CsvColumns columns(Section data) {
        CsvColumns.Predicted predicted = predicted(data);
        Set<String> taken = new HashSet<>();
        taken.add(predicted.column());
        data.value("task_column").map(TaskColumnKeys::column).ifPresent(taken::add);
        ImmutableSet<String> categorical = names(data, "categorical", taken);
        taken.addAll(categorical);
        ImmutableSet<String> excluded = names(data, "exclude", taken);
        return new CsvColumns(predicted, categorical, excluded);
    }

    /** The column of the class, or that of a number. */
    static CsvColumns.Predicted predicted(Section data) {
        refuseNothing(data, "target", "target: price");
        if (data.value("target").isPresent()) {
            data.refuseBeside(
                    "target",
                    "label",
                    "cannot stand beside target: remove label, and the number of target is predicted, or remove target, and the class is");
            data.refuseBeside(
                    "target",
                    CLUSTERS,
                    "makes tasks of rows that are told apart by class, and data.target predicts a number of each row: remove it; tasks are values or ranges of a column (task_column: site) or a table each (tasks: [{name: a, file: a.csv}])");
            return new CsvColumns.Predicted.Target(data.value("target").get().text());
        }
        return new CsvColumns.Predicted.Label(
                data.required("label", "label: species", ", or target: price where a number is to be predicted")
                        .text());
    }

    private static ImmutableSet<String> names(Section data, String key, Set<String> taken) {
        Set<String> names = new LinkedHashSet<>();
        List<Value> items = data.value(key)
                .map(list -> list.items("a list of columns' names like [island, sex]"))
                .orElse(ImmutableList.of());
        for (Value item : items) {
            if (taken.contains(item.text()) || !names.add(item.text())) {
                throw item.error(
                        "column '%s' is named before, here or as label, target, categorical or task_column: name it once"
                                .formatted(Complaint.quote(item.text())));
            }
        }
        return ImmutableSet.copyOf(names);
    }

    static Map<String, Object> settings(CsvData data) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (data.files() instanceof CsvFiles.PerTask tasks) {
            settings.put(
                    "tasks", tasks.tasks().stream().map(CsvSection::settings).toList());
        } else {
            settings.putAll(settings(data.files().parts().get(0)));
        }
        TaskColumnKeys.settings(data.files()).ifPresent(column -> settings.put("task_column", column));
        if (data.files() instanceof CsvFiles.Clusters clusters) {
            settings.put(CLUSTERS, clusters.count());
        }
        settings.putAll(TableFormatKeys.settings(data.format()));
        if (data.header() instanceof TableHeader.None none) {
            settings.put("header", Section.word(Header.NONE));
            if (!none.names().isEmpty()) {
                settings.put("names", none.names());
            }
        }
        settings.put(
                data.columns().hasTarget() ? "target" : "label",
                data.columns().predicted().column());
        if (!data.columns().categorical().isEmpty()) {
            settings.put("categorical", data.columns().categorical().asList());
        }
        if (!data.columns().excluded().isEmpty()) {
            settings.put("exclude", data.columns().excluded().asList());
        }
        settings.put("standardise", Section.word(data.standardise()));
        if (!data.missing().equals(Missing.REFUSED)) {
            settings.put("missing", MissingSection.settings(data.missing()));
        }
        if (data.unseen() != UnseenCategory.IGNORE) {
            settings.put("unseen", Section.word(data.unseen()));
        }
        data.files().parts().stream()
                .filter(CsvParts.Shared.class::isInstance)
                .findFirst()
                .ifPresent(shared -> settings.putAll(TestShareKeys.settings(((CsvParts.Shared) shared).share())));
        return settings;
    }

    private static Map<String, Object> settings(CsvFiles.NamedTable task) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", task.name());
        settings.putAll(settings(task.table()));
        return settings;
    }

    private static Map<String, Object> settings(CsvParts table) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (table instanceof CsvParts.TrainAndTest two) {
            settings.put("train", two.train().toString());
            settings.put("test", two.test().toString());
        } else {
            settings.put("file", table.trainFile().toString());
        }
        return settings;
    }
}
