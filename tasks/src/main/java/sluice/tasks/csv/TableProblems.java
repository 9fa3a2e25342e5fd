package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
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
    private static final int MOST = 10;

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

    private record Group(String first, int count) {
        static Group sum(Group earlier, Group later) {
            return new Group(earlier.first, earlier.count + later.count);
        }

        String line() {
            return count == 1 ? first : "%s (and %,d more like it)".formatted(first, count - 1);
        }
    }

    /**
     * @param column in which it is, "" for none
     * @param what kind of problem it is; of one kind only the first is shown, and how many more there are
     * @param problem the problem
     */
    void add(String column, String what, InputException problem) {
        groups.merge(new Kind(column, what), new Group(problem.getMessage(), 1), Group::sum);
    }

    /** Tries something that may throw a problem of its own kind. */
    void collect(String column, Runnable attempt) {
        try {
            attempt.run();
        } catch (InputException problem) {
            add(column, problem.getMessage(), problem);
        }
    }

    /** A cell of a column of numbers that probably stands for a missing one. */
    void mark(String column, String cell, CsvPlace place) {
        marks.merge(new Mark(column, cell), new Group(place + ", column " + Printable.quoted(column), 1), Group::sum);
    }

    /**
     * @throws InputException of one line, if there was any problem
     */
    void throwIfAny() {
        List<String> lines = new ArrayList<>();
        if (!marks.isEmpty()) {
            lines.add(marked());
        }
        groups.values().forEach(group -> lines.add(group.line()));
        if (!lines.isEmpty()) {
            throw new InputException(few(lines.stream(), lines.size(), "; "));
        }
    }

    private String marked() {
        Stream<String> cells = marks.entrySet().stream()
                .map(mark -> "%s: %s (%s)"
                        .formatted(
                                mark.getValue().first(),
                                Printable.quoted(mark.getKey().text()),
                                cells(mark.getValue().count())));
        return "%s in a column of numbers probably stands for a missing value: write %s"
                .formatted(few(cells, marks.size(), ", "), remedy());
    }

    private static String cells(int count) {
        return count == 1 ? "1 cell" : "%,d cells".formatted(count);
    }

    private String remedy() {
        Set<String> texts = new LinkedHashSet<>(missing.texts());
        marks.keySet().forEach(mark -> texts.add(mark.text()));
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
