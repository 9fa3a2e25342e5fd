package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/** All that is wrong with one file, by column and kind, so that it can be mended at once. Mutable while the file is read. */
final class TableProblems {
    /** The kind of cells of features that have no value where one is needed. */
    static final String NO_VALUE = "no value";

    private static final int MOST = 20;

    private final Missing missing;
    private final Map<Kind, Group> groups = new LinkedHashMap<>();
    private final Map<Mark, Group> marks = new LinkedHashMap<>();

    /**
     * @param missing what the data says of missing cells already
     */
    TableProblems(Missing missing) {
        this.missing = missing;
    }

    private record Kind(String column, String what) {}

    private record Mark(String column, String text) {}

    /** Problems of one kind: the first, how many there are, and on which lines the others are, of many the first ones. */
    private static final class Group {
        private final String first;
        private final List<Long> others = new ArrayList<>();
        private int count;

        Group(String first) {
            this.first = first;
        }

        void add(long line) {
            if (count > 0 && others.size() < MOST) {
                others.add(line);
            }
            count++;
        }

        String line() {
            if (count == 1) {
                return first;
            }
            return "%s (and %,d more like it: %s %s)"
                    .formatted(first, count - 1, count == 2 ? "line" : "lines", lines());
        }

        private String lines() {
            String listed = others.stream().limit(MOST - 1).map(String::valueOf).collect(Collectors.joining(", "));
            return count > MOST ? listed + ", ..." : listed;
        }
    }

    /**
     * @param column in which it is, "" for none
     * @param what kind of problem it is; of one kind the first is shown, how many more there are, and where
     * @param problem the problem
     * @param place where it is
     */
    void add(String column, String what, InputException problem, CsvPlace place) {
        groups.computeIfAbsent(new Kind(column, what), kind -> new Group(problem.getMessage()))
                .add(place.line());
    }

    /** Tries something that may throw a problem of its own kind. */
    void collect(String column, Runnable attempt) {
        try {
            attempt.run();
        } catch (InputException problem) {
            groups.computeIfAbsent(new Kind(column, problem.getMessage()), kind -> new Group(problem.getMessage()))
                    .add(0);
        }
    }

    /** A cell of a column of numbers that probably stands for a missing one. */
    void mark(String column, String cell, CsvPlace place) {
        marks.computeIfAbsent(new Mark(column, cell), mark -> new Group(place + ", column " + Printable.quoted(column)))
                .add(place.line());
    }

    /** A cell of a column of numbers that says in words that its number is infinite. */
    void notFinite(String column, String cell, CsvPlace place) {
        InputException wrong = place.error(
                column,
                "must be a finite number, got %s: mend it, or, if it stands for a missing value, write %s"
                        .formatted(Printable.quoted(cell), remedy(Set.of(cell))));
        add(column, "not finite " + cell, wrong, place);
    }

    /**
     * Says of columns in which no row has a value that there is nothing to fill them from, in place of each of their cells.
     *
     * @param file in which they are
     * @param rows how many there are; of one alone nothing is said
     */
    void emptyColumns(Path file, int rows) {
        Set<String> empty = new LinkedHashSet<>();
        groups.forEach((kind, group) -> {
            if (kind.what.equals(NO_VALUE) && group.count == rows) {
                empty.add(kind.column);
            }
        });
        marks.forEach((mark, group) -> {
            if (group.count == rows) {
                empty.add(mark.column);
            }
        });
        if (rows > 1) {
            marks.keySet().removeIf(mark -> empty.contains(mark.column));
            empty.forEach(column -> {
                groups.remove(new Kind(column, NO_VALUE));
                groups.computeIfAbsent(
                                new Kind(column, "empty"),
                                kind -> new Group(
                                        "%s, column %s: no row has a value: leave the column out, with exclude: [%s]"
                                                .formatted(
                                                        CsvPlace.name(file),
                                                        Printable.quoted(column),
                                                        MissingMarks.yaml(column))))
                        .add(1);
            });
        }
    }

    /**
     * @throws InputException of a line for each kind of problem, if there was any
     */
    void throwIfAny() {
        List<String> lines = new ArrayList<>();
        if (!marks.isEmpty()) {
            lines.add(marked());
        }
        groups.values().forEach(group -> lines.add(group.line()));
        if (!lines.isEmpty()) {
            throw of(lines);
        }
    }

    /** All of these problems; of many, the first ones, and how many more there are. */
    static InputException of(List<String> lines) {
        if (lines.size() <= MOST) {
            return new InputException(lines);
        }
        return new InputException(ImmutableList.<String>builder()
                .addAll(lines.subList(0, MOST))
                .add("and %,d more".formatted(lines.size() - MOST))
                .build());
    }

    private String marked() {
        Stream<String> cells = marks.entrySet().stream()
                .map(mark -> "%s: %s (%s)"
                        .formatted(
                                mark.getValue().first,
                                Printable.quoted(mark.getKey().text()),
                                cells(mark.getValue().count)));
        return "%s in a column of numbers probably stands for a missing value: write %s"
                .formatted(
                        few(cells, marks.size(), ", "),
                        remedy(marks.keySet().stream().map(Mark::text).collect(ImmutableSet.toImmutableSet())));
    }

    private static String cells(int count) {
        return count == 1 ? "1 cell" : "%,d cells".formatted(count);
    }

    /** What to write so that these texts stand for missing values beside those that do already. */
    private String remedy(Set<String> more) {
        Set<String> texts = new LinkedHashSet<>(missing.texts());
        texts.addAll(more);
        ImmutableList<String> written = texts.stream().map(MissingMarks::yaml).collect(ImmutableList.toImmutableList());
        String fill =
                missing.fill() instanceof Missing.Fill.Constant constant ? Double.toString(constant.number()) : "mean";
        return "missing: {text: %s, fill: %s}".formatted(written.size() == 1 ? written.get(0) : written, fill);
    }

    private static String few(Stream<String> all, int count, String between) {
        String first = all.limit(MOST).collect(Collectors.joining(between));
        return count > MOST ? "%s%sand %,d more".formatted(first, between, count - MOST) : first;
    }
}
