package sluice.evaluation.matrix;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;
import sluice.evaluation.matrix.MatrixOptions.Layout;

/** Reads text as rows of cells, whatever separates them: commas, semicolons, tabs or blanks. Lines that begin with # are comments. */
final class TableText {
    private static final Splitter BLANKS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?(\\d+,\\d*|,\\d+)([eE][+-]?\\d+)?\\s*%?");

    private TableText() {}

    static TextTable read(String text, String source, Optional<Layout> layout) throws IOException {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        String first = plain.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .orElseThrow(() -> new MatrixFormatException(
                        Printable.of(source) + ", line 1: the file is empty: name a file of accuracies"));
        if (first.startsWith("[") || first.startsWith("{")) {
            return JsonTable.read(plain, source, layout);
        }
        TextTable table = read(plain, source, first);
        return layout.filter(said -> said == Layout.TURNED).isPresent() ? TurnedGrid.turned(table) : table;
    }

    private static TextTable read(String plain, String source, String first) throws IOException {
        if (outsideQuotes(first, '\t')) {
            return separated(plain, source, '\t', "cells are separated by tabs");
        }
        if (outsideQuotes(first, ';')) {
            return separated(plain, source, ';', "cells are separated by semicolons");
        }
        if (outsideQuotes(first, ',') || !isOfBlanks(plain)) {
            return separated(plain, source, ',', "");
        }
        return ofBlanks(plain, source);
    }

    private static boolean outsideQuotes(String line, char separator) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '"') {
                quoted = !quoted;
            } else if (line.charAt(i) == separator && !quoted) {
                return true;
            }
        }
        return false;
    }

    /** Blanks separate cells where every line but the first is numbers with blanks between, perhaps after a name. */
    private static boolean isOfBlanks(String text) {
        List<List<String>> lines = lines(text).map(BLANKS::splitToList).toList();
        return lines.stream().anyMatch(cells -> cells.size() > 1)
                && lines.stream()
                        .skip(lines.size() > 1 ? 1 : 0)
                        .allMatch(cells -> cells.stream().skip(1).noneMatch(Cells::isText));
    }

    private static Stream<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }

    private static TextTable ofBlanks(String text, String source) {
        ImmutableList.Builder<TextTable.Row> rows = ImmutableList.builder();
        long number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.strip().startsWith("#")) {
                rows.add(new TextTable.Row(number, ImmutableList.copyOf(BLANKS.split(line))));
            }
        }
        return new TextTable(source, "cells are separated by blanks", rows.build());
    }

    private static TextTable separated(String text, String source, char separator, String note) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .setCommentMarker('#')
                .get();
        List<TextTable.Row> rows = new ArrayList<>();
        // most texts come again and again: names, numbers of few digits
        Map<String, String> shared = new HashMap<>();
        long number = 1;
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(format)
                .get()) {
            for (CSVRecord record : parser) {
                number = Math.max(1, parser.getCurrentLineNumber());
                ImmutableList<String> cells = record.stream()
                        .map(cell -> shared.computeIfAbsent(cell.strip(), own -> own))
                        .collect(ImmutableList.toImmutableList());
                if (!cells.stream().allMatch(String::isEmpty)) {
                    rows.add(new TextTable.Row(number, cells));
                }
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof CSVException)) {
                throw e.getCause();
            }
            throw new MatrixFormatException(
                    "%s, line %d: this is not CSV: close every quote, and double quotes inside quotes"
                            .formatted(Printable.of(source), number));
        }
        return new TextTable(source, note, withPoints(withoutLastSeparator(rows), separator));
    }

    /** Some writers end every line with a separator. */
    private static List<TextTable.Row> withoutLastSeparator(List<TextTable.Row> rows) {
        int width = rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
        boolean isEmpty = width > 1
                && rows.size() > 1
                && rows.stream()
                        .allMatch(row -> row.cells().size() == width
                                && row.cell(width - 1).isEmpty());
        return isEmpty
                ? rows.stream()
                        .map(row -> new TextTable.Row(row.number(), row.cells().subList(0, width - 1)))
                        .toList()
                : rows;
    }

    /** Where commas do not separate cells, they may stand for decimal points. */
    private static ImmutableList<TextTable.Row> withPoints(List<TextTable.Row> rows, char separator) {
        if (separator == ',') {
            return ImmutableList.copyOf(rows);
        }
        return rows.stream()
                .map(row -> new TextTable.Row(
                        row.number(),
                        row.cells().stream()
                                .map(cell -> DECIMAL_COMMA.matcher(cell).matches() ? cell.replace(',', '.') : cell)
                                .collect(ImmutableList.toImmutableList())))
                .collect(ImmutableList.toImmutableList());
    }
}
