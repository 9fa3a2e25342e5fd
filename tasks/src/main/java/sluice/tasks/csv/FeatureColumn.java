package sluice.tasks.csv;

import java.util.List;

/** A column of features while its cells are read. */
sealed interface FeatureColumn permits NumericColumn, CategoricalColumn {
    /** What the header calls it. */
    String name();

    /**
     * {@return a finite number that stands for it}
     *
     * @param cell that has a value
     * @param place of its row
     */
    float read(String cell, CsvPlace place);

    /**
     * {@return how its cells become features}
     *
     * @param train the training rows of all tasks
     * @param position of this column among the features of a row
     */
    ColumnFeatures features(List<CsvRow> train, int position);
}
