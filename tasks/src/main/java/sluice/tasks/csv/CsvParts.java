package sluice.tasks.csv;

import java.nio.file.Path;
import sluice.tasks.TestShare;

/** Where a table's training and test rows are. */
public sealed interface CsvParts {
    /** {@return the file that has training rows} */
    Path trainFile();

    /** {@return whether there are test rows} */
    boolean isTested();

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

        @Override
        public boolean isTested() {
            return true;
        }
    }

    /**
     * One file, of which a share of each class (in each task), or where numbers are predicted of each tenth of a task's, is for testing,
     * or nothing.
     *
     * @param file all rows
     * @param share what is set aside
     */
    record Shared(Path file, TestShare share) implements CsvParts {
        @Override
        public Path trainFile() {
            return file;
        }

        @Override
        public boolean isTested() {
            return !share.isNone();
        }
    }
}
