package sluice.tasks.csv;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Suggestion;

/**
 * Finds the column that is to be predicted.
 *
 * @param file the table
 * @param columns what its columns look like
 */
record PredictedSketch(Path file, ImmutableList<ColumnSketch> columns) {
    private static final int MOST_CLASSES = 100;
    /** Whole numbers of more kinds are hardly classes. */
    private static final int MOST_NUMBERS = 20;

    private static final int MOST_NAMES = 12;
    private static final int MOST_ALONE = 5;
    private static final ImmutableSet<String> LABELS = ImmutableSet.of(
            "label", "class", "target", "species", "category", "outcome", "diagnosis", "type", "variety", "quality");

    /** The column of the class, as a user names it. */
    ColumnSketch label(String name) {
        return checkedClasses(given("--label", name));
    }

    /** The column of a number, as a user names it. */
    ColumnSketch target(String name) {
        ColumnSketch column = given("--target", name);
        String where = "%s, column %s: ".formatted(CsvPlace.name(file), Printable.quoted(name));
        if (column.kind() == ColumnSketch.Kind.EMPTY || column.kind() == ColumnSketch.Kind.CONSTANT) {
            throw new InputException("%s%s, so that there is nothing to predict: name another column"
                    .formatted(where, column.kind().unused()));
        }
        Optional<String> other = column.values().keySet().stream()
                .filter(cell -> !isNumber(cell)
                        && !column.marks().contains(cell)
                        && column.odd().count() == 0)
                .findFirst();
        boolean isNumbers = column.kind() == ColumnSketch.Kind.NUMBER || column.kind() == ColumnSketch.Kind.ID;
        if (!isNumbers || other.isPresent()) {
            throw new InputException(
                    "%shas cells that are no numbers%s: name a column of numbers, or --label %s, which learns classes"
                            .formatted(
                                    where,
                                    other.map(cell -> ", such as " + Printable.quoted(cell))
                                            .orElse(""),
                                    Printable.of(name)));
        }
        if (column.missing() > 0) {
            throw new InputException(
                    "%s%s no number, and a target is never filled: leave such rows out or write their numbers"
                            .formatted(
                                    where,
                                    column.missing() == 1 ? "1 row has" : "%,d rows have".formatted(column.missing())));
        }
        return column;
    }

    private static boolean isNumber(String cell) {
        return Float.isFinite(Decimals.number(cell));
    }

    private ColumnSketch given(String option, String name) {
        List<String> names = columns.stream().map(ColumnSketch::name).toList();
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("%s: %s has no column %s: %s"
                        .formatted(
                                option,
                                CsvPlace.name(file),
                                Printable.quoted(name),
                                Suggestion.nearest(name, names)
                                        .map(nearest -> "did you mean " + Printable.quoted(nearest) + "?")
                                        .orElse("its columns are " + few(names)))));
    }

    private static String few(List<String> names) {
        String first = names.stream().limit(MOST_NAMES).map(Printable::quoted).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? first + ", ..." : first;
    }

    /** A column of a usual name, else the last one that can be: in most files it is. */
    ColumnSketch guessed() {
        Optional<ColumnSketch> usual = columns.stream()
                .filter(column -> LABELS.contains(Ascii.toLowerCase(column.name())))
                .findFirst();
        if (usual.isPresent()
                && usual.get().kind() == ColumnSketch.Kind.NUMBER
                && usual.get().values().size() > MOST_NUMBERS) {
            throw new InputException(
                    "%s, column %s: has %,d different numbers or more, which are hardly classes: predict the number with --target %s, or name the class with --label"
                            .formatted(
                                    CsvPlace.name(file),
                                    Printable.quoted(usual.get().name()),
                                    usual.get().values().size(),
                                    Printable.of(usual.get().name())));
        }
        int last = columns.size() - 1;
        return checkedClasses(usual.filter(PredictedSketch::isClass)
                .or(() -> Lists.reverse(columns).stream()
                        .filter(column -> column.kind() == ColumnSketch.Kind.CATEGORY
                                || columns.indexOf(column) == last
                                || columns.indexOf(column) == 0)
                        .filter(PredictedSketch::isClass)
                        .findFirst())
                .orElseThrow(this::noClass));
    }

    private InputException noClass() {
        String names = few(columns.stream().map(ColumnSketch::name).toList());
        ColumnSketch last = columns.get(columns.size() - 1);
        String number = isRatherNumber(last) && last.missing() == 0
                ? "; or predict the number of the last with --target " + Printable.of(last.name())
                : "";
        return new InputException(
                "%s: no column looks like a class, with a few values that come again: name it with --label, one of %s%s"
                        .formatted(CsvPlace.name(file), names, number));
    }

    private static boolean isClass(ColumnSketch column) {
        boolean few = column.values().size() >= 2 && column.values().size() <= MOST_CLASSES;
        return column.missing() == 0
                && few
                && column.values().values().stream().allMatch(count -> count > 1)
                && (column.kind() == ColumnSketch.Kind.CATEGORY
                        || (column.kind() == ColumnSketch.Kind.NUMBER
                                && column.values().size() <= MOST_NUMBERS
                                && column.values().keySet().stream().allMatch(PredictedSketch::isWhole)));
    }

    private static boolean isWhole(String cell) {
        return cell.chars().allMatch(Character::isDigit);
    }

    /** Whether a column has so many numbers, or such, that they are hardly classes. */
    static boolean isRatherNumber(ColumnSketch column) {
        int different = column.values().size();
        return column.kind() == ColumnSketch.Kind.NUMBER
                && (different > MOST_NUMBERS
                        || (different > 2 && !column.values().keySet().stream().allMatch(PredictedSketch::isWhole)));
    }

    private ColumnSketch checkedClasses(ColumnSketch label) {
        String target = isRatherNumber(label) && label.missing() == 0
                ? ", or predict the number with --target " + Printable.of(label.name())
                : "";
        String name = "%s, column %s: ".formatted(CsvPlace.name(file), Printable.quoted(label.name()));
        if (label.missing() > 0) {
            throw new InputException(
                    name + "%,d rows have no class: write one, or leave these rows out".formatted(label.missing()));
        }
        if (label.values().size() == 1) {
            throw new InputException(name + "all rows are of one class: there must be two to tell apart");
        }
        if (label.values().size() > MOST_CLASSES) {
            throw new InputException(name
                    + "more than %d different values are no classes: name another column%s"
                            .formatted(MOST_CLASSES, target));
        }
        List<String> alone = label.values().entrySet().stream()
                .filter(value -> value.getValue() == 1)
                .map(value -> Printable.quoted(value.getKey()))
                .toList();
        if (!alone.isEmpty()) {
            throw new InputException("%s%s, and one is needed to learn and one to test: add rows, or leave %s out%s"
                    .formatted(name, haveOneRow(alone), alone.size() == 1 ? "it" : "them", target));
        }
        return label;
    }

    private static String haveOneRow(List<String> classes) {
        if (classes.size() == 1) {
            return "class %s has one row alone".formatted(classes.get(0));
        }
        String first = classes.stream().limit(MOST_ALONE).collect(Collectors.joining(", "));
        return classes.size() > MOST_ALONE
                ? "%d classes, such as %s, have one row each".formatted(classes.size(), first)
                : "classes %s have one row each".formatted(first);
    }
}
