package sluice.tasks.csv;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import sluice.tasks.Printable;

/** Counts rows with categories that no training row has. Mutable while rows are encoded. */
final class UnseenCategories {
    private static final int MOST = 10;

    private final Map<Cell, Integer> rows = new LinkedHashMap<>();

    private record Cell(String column, String category) {}

    void add(String column, String category) {
        rows.merge(new Cell(column, category), 1, Integer::sum);
    }

    /** The line that says so, if there are any. */
    Optional<String> line() {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        String cells = rows.entrySet().stream()
                .limit(MOST)
                .map(entry -> "column %s: %s in %s"
                        .formatted(
                                Printable.quoted(entry.getKey().column()),
                                Printable.quoted(entry.getKey().category()),
                                entry.getValue() == 1 ? "1 row" : "%,d rows".formatted(entry.getValue())))
                .collect(Collectors.joining(", "));
        String more = rows.size() > MOST ? ", and %,d more categories".formatted(rows.size() - MOST) : "";
        return Optional.of(
                "categories that no training row has count as none of the known ones (unseen: refuse refuses them): %s%s"
                        .formatted(cells, more));
    }
}
