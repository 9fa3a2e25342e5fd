package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Suggestion;

/**
 * A file's columns.
 *
 * @param place of the header
 * @param names of all columns in the file's order, blank where a column has none
 * @param positions by name, of columns that have one, in the file's order, from 0
 * @param declared values that columns were declared to have, in order, by name; of files that declare none, empty
 * @param looksLikeData whether it is a row, rather, as far as the lines below tell: asked only where something is wrong
 */
record CsvHeader(
        CsvPlace place,
        ImmutableList<String> names,
        ImmutableMap<String, Integer> positions,
        ImmutableMap<String, ImmutableList<String>> declared,
        BooleanSupplier looksLikeData) {
    private static final int MOST_NAMES = 8;

    static CsvHeader of(CsvPlace place, List<String> names, BooleanSupplier looksLikeData) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.isBlank()) {
                continue;
            }
            Integer earlier = positions.put(name, i);
            if (earlier != null && looksLikeData.getAsBoolean()) {
                throw new CsvHeader(
                                place, ImmutableList.copyOf(names), ImmutableMap.of(), ImmutableMap.of(), looksLikeData)
                        .data("");
            }
            if (earlier != null) {
                throw place.error(
                        name,
                        "columns %d and %d of the header have this name: rename one of them"
                                .formatted(earlier + 1, i + 1));
            }
        }
        return new CsvHeader(
                place, ImmutableList.copyOf(names), ImmutableMap.copyOf(positions), ImmutableMap.of(), looksLikeData);
    }

    /** The same columns, of which some were declared to have these values. */
    CsvHeader declaring(ImmutableMap<String, ImmutableList<String>> values) {
        return new CsvHeader(place, names, positions, values, looksLikeData);
    }

    boolean has(String name) {
        return positions.containsKey(name);
    }

    /**
     * {@return its position}
     *
     * @param name of a column that must be there
     * @param role what it is for, ending the complaint where it is not
     */
    int position(String name, String role) {
        if (!has(name)) {
            if (looksLikeData.getAsBoolean()) {
                throw data(" (or, if it is a header: it has no column %s, which is %s)"
                        .formatted(Printable.quoted(name), role));
            }
            throw lacks(name, role);
        }
        return positions.get(name);
    }

    /** A first line that is a row. */
    InputException data(String otherwise) {
        return place.error(
                "the first line looks like data, as its cells are of the kinds of the rows below: if the file has no header, write header: none, and names: [...] for its %d columns, or call them c1, c2, ...%s"
                        .formatted(names.size(), otherwise));
    }

    /** Where the column is that has the labels of rows to be predicted, as a user named it. */
    int labels(String name) {
        if (!has(name)) {
            throw place.error(
                    name,
                    "there is no such column, which labels were to be taken from: the columns are " + firstNames());
        }
        return positions.get(name);
    }

    private InputException lacks(String name, String role) {
        return place.error(name, "there is no such column, which is %s: %s".formatted(role, remedy(name)));
    }

    private String remedy(String name) {
        if (names.size() == 1 && !positions.isEmpty()) {
            return "the only column is %s: %s".formatted(Printable.quoted(name(0)), delimiter(name(0)));
        }
        return Suggestion.nearest(name, positions.keySet())
                .map(nearest -> "did you mean " + Printable.quoted(nearest) + "?")
                .orElseGet(() -> "its columns are " + firstNames());
    }

    private static String delimiter(String header) {
        return TableFormat.DELIMITERS.entrySet().stream()
                .filter(other -> header.indexOf(other.getValue()) >= 0)
                .findFirst()
                .map(other -> "cells are separated by something else, so write delimiter: " + other.getKey())
                .orElse("are cells separated by something else than the script says (delimiter)?");
    }

    private String firstNames() {
        String first = positions.keySet().stream()
                .limit(MOST_NAMES)
                .map(Printable::quoted)
                .collect(Collectors.joining(", "));
        return positions.size() > MOST_NAMES ? first + ", ..." : first;
    }

    /** The name of the column at a position. */
    String name(int position) {
        return names.get(position).isBlank() ? Integer.toString(position + 1) : names.get(position);
    }
}
