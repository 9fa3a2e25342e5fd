package sluice.tasks.csv;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.Suggestion;

/**
 * A file's columns.
 *
 * @param place of the header
 * @param positions by name, in the file's order, from 0
 */
record CsvHeader(CsvPlace place, ImmutableMap<String, Integer> positions) {
    private static final int MOST_NAMES = 8;

    static CsvHeader of(CsvPlace place, List<String> names) {
        Map<String, Integer> positions = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.isEmpty()) {
                throw place.error("column %d of the header has no name: write one".formatted(i + 1));
            }
            Integer earlier = positions.put(name, i);
            if (earlier != null) {
                throw place.error(
                        name,
                        "columns %d and %d of the header have this name: rename one of them"
                                .formatted(earlier + 1, i + 1));
            }
        }
        return new CsvHeader(place, ImmutableMap.copyOf(positions));
    }

    boolean has(String name) {
        return positions.containsKey(name);
    }

    /**
     * @param name of a column that must be there
     * @param role what it is for, ending the complaint where it is not
     * @return its position
     */
    int position(String name, String role) {
        if (!has(name)) {
            throw lacks(name, role);
        }
        return positions.get(name);
    }

    private InputException lacks(String name, String role) {
        return place.error(name, "there is no such column, which is %s: %s".formatted(role, remedy(name)));
    }

    private String remedy(String name) {
        if (positions.size() == 1) {
            return "the only column is %s: are cells separated by commas?".formatted(Printable.quoted(name(0)));
        }
        return Suggestion.nearest(name, positions.keySet())
                .map(nearest -> "did you mean " + Printable.quoted(nearest) + "?")
                .orElseGet(() -> "its columns are " + firstNames());
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
        return Iterables.get(positions.keySet(), position);
    }
}
