package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Ints;
import java.nio.file.Path;

/**
 * The columns that all files have, as the first file has them.
 *
 * @param first the first file
 * @param features in its order
 * @param others columns that are no features
 */
record CsvLayout(Path first, ImmutableList<FeatureColumn> features, ImmutableSet<String> others) {
    static CsvLayout of(CsvHeader header, CsvData data) {
        CsvColumns columns = data.columns();
        check(header, data);
        ImmutableSet.Builder<String> others = ImmutableSet.builder();
        others.add(columns.predicted().column()).addAll(excluded(header, columns));
        data.format().dates().forEach(date -> others.add(date.column()));
        if (!(data.files() instanceof CsvFiles.RangeColumn ranges && ranges.keepsColumn())) {
            data.files().taskColumn().ifPresent(others::add);
        }
        return new CsvLayout(header.place().file(), features(header, columns, others.build()), others.build());
    }

    private static void check(CsvHeader header, CsvData data) {
        TableProblems problems = new TableProblems(data.missing());
        CsvColumns columns = data.columns();
        CsvColumns.Predicted predicted = columns.predicted();
        problems.collect(predicted.column(), () -> header.position(predicted.column(), predicted.role()));
        if (columns.hasTarget()) {
            problems.collect(
                    predicted.column(), () -> new TargetColumn(predicted.column(), data.missing()).check(header));
        }
        columns.categorical().forEach(name -> problems.collect(name, () -> header.position(name, "categorical")));
        columns.excluded().forEach(name -> problems.collect(name, () -> checkExcluded(header, name)));
        data.files().taskColumn().ifPresent(tasks -> problems.collect(tasks, () -> header.position(tasks, "the task")));
        problems.throwIfAny();
    }

    private static void checkExcluded(CsvHeader header, String name) {
        if (name.isBlank() && header.names().stream().anyMatch(String::isBlank)) {
            return;
        }
        Integer number = Ints.tryParse(name);
        if (number == null || number < 1 || number > header.names().size()) {
            header.position(name, "excluded");
        }
    }

    private static ImmutableSet<String> excluded(CsvHeader header, CsvColumns columns) {
        return columns.excluded().stream()
                .map(name -> header.has(name) || name.isBlank() ? name : header.name(Ints.tryParse(name) - 1))
                .collect(ImmutableSet.toImmutableSet());
    }

    private static ImmutableList<FeatureColumn> features(
            CsvHeader header, CsvColumns columns, ImmutableSet<String> others) {
        ImmutableList<FeatureColumn> features = header.positions().keySet().stream()
                .filter(name -> !others.contains(name))
                .map(name -> columns.categorical().contains(name)
                                || header.declared().containsKey(name)
                        ? new CategoricalColumn(name, header.declared().getOrDefault(name, ImmutableList.of()))
                        : new NumericColumn(name))
                .collect(ImmutableList.toImmutableList());
        if (features.isEmpty()) {
            throw header.place()
                    .error("no column is a feature: at least one must be neither label, target, task nor excluded");
        }
        return features;
    }

    /** Where another file has the features. */
    int[] positions(CsvHeader header) {
        ImmutableSet<String> named = features.stream().map(FeatureColumn::name).collect(ImmutableSet.toImmutableSet());
        for (String name : header.positions().keySet()) {
            if (!others.contains(name) && !named.contains(name)) {
                throw header.place()
                        .error(
                                name,
                                "%s has no such column, and all files need the same: remove it, or exclude it there"
                                        .formatted(CsvPlace.name(first)));
            }
        }
        return features.stream()
                .mapToInt(feature -> header.position(feature.name(), "one of " + CsvPlace.name(first)))
                .toArray();
    }
}
