package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import sluice.tasks.ClassNumbers;
import sluice.tasks.InputException;
import sluice.tasks.MemoryBudget;

/**
 * How rows become features.
 *
 * @param columns of features, in order
 * @param unseen counts rows with categories of no training row, while rows are encoded
 */
record CsvEncoding(ImmutableList<ColumnFeatures> columns, UnseenCategories unseen) {
    static CsvEncoding of(
            ImmutableList<FeatureColumn> columns, List<CsvRow> train, UnseenCategory unseen, KnownEncodings known) {
        known.check(columns);
        UnseenCategories counted = new UnseenCategories();
        ImmutableList.Builder<ColumnFeatures> features = ImmutableList.builder();
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c) instanceof CategoricalColumn categories) {
                List<String> named = categories(known, c).orElse(categories.trained(train, c));
                features.add(
                        unseen == UnseenCategory.IGNORE
                                ? categories.ignoring(named, counted)
                                : categories.features(named, known.first().isPresent()));
            } else {
                features.add((NumericColumn) columns.get(c));
            }
        }
        return new CsvEncoding(features.build(), counted);
    }

    private static Optional<List<String>> categories(KnownEncodings known, int column) {
        return known.first()
                .map(encoding ->
                        ((TableEncoding.Column.OneHot) encoding.columns().get(column)).categories());
    }

    /** The column of each feature where it is numeric; a category has the name "". */
    ImmutableList<String> features() {
        return columns.stream()
                .flatMap(column -> column instanceof NumericColumn numeric
                        ? List.of(numeric.name()).stream()
                        : Collections.nCopies(column.width(), "").stream())
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * {@return the rows with missing values 0}
     *
     * @param rows none where nothing is tested
     * @param classes of labels
     * @param budget that must hold the values
     */
    EncodedRows encode(List<CsvRow> rows, ClassNumbers classes, MemoryBudget budget) {
        int features = columns.stream().mapToInt(ColumnFeatures::width).sum();
        float[] values = new float
                [budget.values(
                        rows.size(),
                        features,
                        () -> CsvPlace.name(rows.get(0).place().file()))];
        BitSet missing = new BitSet();
        int[] labels = new int[rows.size()];
        TableProblems problems = new TableProblems(Missing.REFUSED);
        for (int i = 0; i < rows.size(); i++) {
            try {
                encode(rows.get(i), values, i * features, missing);
            } catch (InputException unseenCategory) {
                problems.add("", "unseen category", unseenCategory, rows.get(i).place());
            }
            labels[i] = classes.number(rows.get(i).label());
        }
        problems.throwIfAny();
        return new EncodedRows(
                values,
                features,
                labels,
                missing,
                CsvTargets.of(rows),
                rows.stream().map(CsvRow::task).collect(ImmutableList.toImmutableList()));
    }

    private void encode(CsvRow row, float[] values, int rowStart, BitSet missing) {
        int start = rowStart;
        for (int c = 0; c < columns.size(); c++) {
            ColumnFeatures column = columns.get(c);
            if (!row.isMissing(c)) {
                column.put(row.cells()[c], row, values, start);
            } else if (column instanceof NumericColumn) {
                missing.set(start);
            }
            start += column.width();
        }
    }
}
