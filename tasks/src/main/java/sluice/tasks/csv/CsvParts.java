package sluice.tasks.csv;

import java.nio.file.Path;
import sluice.tasks.TestShare;

/** Where a table's training and test rows are. */
public sealed interface CsvParts {
    /** {@return the file that has training rows} */
    Path trainFile();

    /**
     * Two files with the same columns, in any order.
     *
     * @param train training rows
     * @param test test rows
     */
    record TrainAndTest(Path train, Path test) implements CsvParts {
        @Override
        public Path trainFile() {
            return train;
        }
    }

    /**
     * One file, of which a share of each class (in each task), or where numbers are predicted of each tenth of a task's, is for testing.
     *
     * @param file all rows
     * @param share what is set aside
     */
    record Shared(Path file, TestShare share) implements CsvParts {
        @Override
        public Path trainFile() {
            return file;
        }
    }
}
