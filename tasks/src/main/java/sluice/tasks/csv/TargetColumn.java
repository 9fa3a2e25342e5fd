package sluice.tasks.csv;

import sluice.tasks.InputException;
import sluice.tasks.Printable;

/**
 * The column of a number that is to be predicted. It is never filled: a row that lacks it teaches nothing.
 *
 * @param name what the header calls it
 * @param missing which cells have no value
 */
record TargetColumn(String name, Missing missing) {
    /** The number of a cell; what is wrong with one is added to the problems, and not a number given. */
    double read(String cell, CsvPlace place, TableProblems problems) {
        if (cell.isBlank() || missing.isMissing(cell)) {
            problems.add(name, "no target", absent("the cell has no value", place), place);
            return Double.NaN;
        }
        double number = Decimals.real(cell);
        // as large as a feature may be, so that no difference of two is infinite
        if (Float.isFinite((float) number)) {
            return number;
        }
        if (NumericColumn.isNotFinite(cell)) {
            problems.add(
                    name,
                    "target not finite",
                    absent("must be a finite number, got " + Printable.quoted(cell), place),
                    place);
        } else if (MissingMarks.isMark(cell)) {
            problems.add(
                    name,
                    "target missing",
                    absent(Printable.quoted(cell) + " probably stands for a missing value", place),
                    place);
        } else {
            problems.add(
                    name,
                    "no number",
                    place.error(
                            name,
                            "the target must be a number such as 0.25 or 1.5e9 (up to 3.4e38), got %s: mend it, or write label: %s, which learns classes"
                                    .formatted(Printable.quoted(cell), MissingMarks.yaml(name))),
                    place);
        }
        return Double.NaN;
    }

    private InputException absent(String what, CsvPlace place) {
        return place.error(name, what + ", and a target is never filled: leave the row out or write its number");
    }

    /** Refuses a column that was declared to have categories. */
    void check(CsvHeader header) {
        if (header.declared().containsKey(name)) {
            throw header.place()
                    .error(
                            name,
                            "is declared to have categories, and a target is a number: write label: %s, which learns classes, or name a numeric attribute"
                                    .formatted(MissingMarks.yaml(name)));
        }
    }
}
