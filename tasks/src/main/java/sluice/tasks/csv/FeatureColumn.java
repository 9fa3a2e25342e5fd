package sluice.tasks.csv;

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
}
