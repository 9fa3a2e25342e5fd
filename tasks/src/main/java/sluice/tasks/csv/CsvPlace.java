package sluice.tasks.csv;

import java.nio.file.Path;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/**
 * Where something is wrong.
 *
 * @param file which file
 * @param line its line, from 1, on which the row begins
 */
record CsvPlace(Path file, long line) {
    InputException error(String problem) {
        return new InputException(this + ": " + problem);
    }

    InputException error(String column, String problem) {
        return new InputException(this + ", column " + Printable.quoted(column) + ": " + problem);
    }

    @Override
    public String toString() {
        return name(file) + ", line " + line;
    }

    static String name(Path file) {
        return Printable.of(file.toString());
    }
}
