package sluice.evaluation.matrix;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;
import sluice.evaluation.matrix.MatrixOptions.Layout;

/**
 * A grid in JSON: a list of rows, each a list; or an object of rows or columns by name, each a list or an object ({@link NamedGrid});
 * or an object with just one of these in it.
 */
final class JsonTable {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonTable() {}

    static TextTable read(String text, String source, Optional<Layout> layout) {
        JsonNode tree;
        try {
            tree = JSON.readTree(withNan(text));
        } catch (JsonProcessingException broken) {
            long line = broken.getLocation() == null
                    ? 1
                    : Math.max(1, broken.getLocation().getLineNr());
            throw new MatrixFormatException(
                    "%s, line %d: this is neither JSON nor rows of numbers: write a list of rows such as [[0.9, null], [0.8, 0.7]], or CSV"
                            .formatted(Printable.of(source), line));
        }
        return table(tree, source, layout);
    }

    /** As Python writes what is missing. */
    private static String withNan(String text) {
        return text.replaceAll("(?<=[\\[,\\s:])(NaN|nan|None)(?=[\\],\\s}])", "null");
    }

    private static TextTable table(JsonNode tree, String source, Optional<Layout> layout) {
        if (isGrid(tree)) {
            ImmutableList.Builder<TextTable.Row> rows = ImmutableList.builder();
            int number = 1;
            for (JsonNode row : tree) {
                rows.add(new TextTable.Row(number++, cells(row)));
            }
            TextTable table = new TextTable(source, "", rows.build());
            return layout.filter(said -> said == Layout.TURNED).isPresent() ? TurnedGrid.turned(table) : table;
        }
        if (isNamedGrid(tree)) {
            return NamedGrid.of(tree, source).upright(layout);
        }
        List<String> candidates = new ArrayList<>();
        tree.properties().forEach(entry -> {
            if (isGrid(entry.getValue()) || isNamedGrid(entry.getValue())) {
                candidates.add(entry.getKey());
            }
        });
        if (candidates.size() == 1) {
            return table(tree.get(candidates.get(0)), source, layout);
        }
        throw new MatrixFormatException("%s, line 1: %s: write a list of rows such as [[0.9, null], [0.8, 0.7]], or CSV"
                .formatted(
                        Printable.of(source),
                        candidates.isEmpty()
                                ? "there is no grid of accuracies in this JSON"
                                : "several grids are here (%s): take one out"
                                        .formatted(String.join(
                                                ", ",
                                                candidates.stream()
                                                        .map(Printable::quoted)
                                                        .toList()))));
    }

    private static boolean isGrid(JsonNode node) {
        return node.isArray() && !node.isEmpty() && elements(node).allMatch(JsonTable::isRow);
    }

    private static boolean isRow(JsonNode node) {
        return node.isArray() && !node.isEmpty() && elements(node).allMatch(JsonTable::isCell);
    }

    private static boolean isCell(JsonNode node) {
        return node.isNumber() || node.isNull() || (node.isTextual() && !Cells.isText(node.asText()));
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    private static boolean isNamedGrid(JsonNode node) {
        return node.isObject()
                && !node.isEmpty()
                && (elements(node).allMatch(JsonTable::isRow)
                        || elements(node)
                                .allMatch(row -> row.isObject()
                                        && !row.isEmpty()
                                        && elements(row).allMatch(JsonTable::isCell)));
    }

    static ImmutableList<String> cells(JsonNode row) {
        return elements(row).map(JsonTable::text).collect(ImmutableList.toImmutableList());
    }

    static String text(JsonNode cell) {
        return cell.isNull() || cell.isMissingNode() ? "" : cell.asText();
    }
}
