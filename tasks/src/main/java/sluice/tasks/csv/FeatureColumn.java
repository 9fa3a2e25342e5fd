package sluice.tasks.csv;

import java.util.List;

/** A column of features while its cells are read. */
sealed interface FeatureColumn permits NumericColumn, CategoricalColumn {
    /** What the header calls it. */
    String name();

    /**
     * @param cell that has a value
     * @param place of its row
     * @return a finite number that stands for it
     */
    float read(String cell, CsvPlace place);

    /**
     * @param train the training rows of all tasks
     * @param position of this column among the features of a row
     * @return how its cells become features
     */
    ColumnFeatures features(List<CsvRow> train, int position);
}
