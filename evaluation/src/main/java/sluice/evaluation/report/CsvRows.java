package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import sluice.evaluation.CsvLine;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;
import sluice.evaluation.SpreadsheetText;

/** The rows of a CSV file whose columns are not known beforehand; at least one, all of one length. */
record CsvRows(ImmutableList<CsvLine> all) {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setTrim(true).get();

    static CsvRows read(Reader in, String source) throws IOException {
        ImmutableList.Builder<CsvLine> rows = ImmutableList.builder();
        int width = 0;
        long number = 1;
        try (CSVParser parser =
                CSVParser.builder().setReader(in).setFormat(FORMAT).get()) {
            for (Iterator<CSVRecord> records = parser.iterator(); records.hasNext(); ) {
                CSVRecord record = records.next();
                number = parser.getCurrentLineNumber();
                ImmutableList<String> values = record.stream()
                        .map(text -> text.replace("\uFEFF", ""))
                        .collect(ImmutableList.toImmutableList());
                if (width == 0) {
                    checkSeparator(source, number, values);
                    width = values.size();
                }
                if (values.size() != width) {
                    throw new MatrixFormatException("%s, line %d: %d values, but the first line has %d: write as many"
                            .formatted(Printable.of(source), number, values.size(), width));
                }
                rows.add(new CsvLine(source, Math.max(1, number), values, values));
            }
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof CSVException)) {
                throw e.getCause();
            }
            throw new MatrixFormatException(
                    "%s, line %d: this is not CSV: close every quote, and double quotes inside quotes"
                            .formatted(Printable.of(source), number));
        }
        CsvRows read = new CsvRows(rows.build());
        if (read.all().isEmpty()) {
            throw new MatrixFormatException(
                    Printable.of(source) + ", line 1: the file is empty: name a file of accuracies");
        }
        return read;
    }

    /** Tables of semicolons or tabs are no columns here, and what is wrong with them should be said. */
    private static void checkSeparator(String source, long number, List<String> first) {
        if (first.size() == 1 && (first.get(0).contains(";") || first.get(0).contains("\t"))) {
            throw new MatrixFormatException("%s, line %d: cells are separated by %s: write commas between them"
                    .formatted(
                            Printable.of(source),
                            Math.max(1, number),
                            first.get(0).contains(";") ? "semicolons" : "tabs"));
        }
    }

    CsvLine first() {
        CsvLine first = all.get(0);
        ImmutableList<String> names =
                first.values().stream().map(SpreadsheetText::plain).collect(ImmutableList.toImmutableList());
        return new CsvLine(first.source(), first.number(), names, names);
    }

    /** The rows after the first, under these names. */
    List<CsvLine> lines(ImmutableList<String> columns) {
        return all.stream()
                .skip(1)
                .map(row -> new CsvLine(row.source(), row.number(), columns, row.values()))
                .toList();
    }
}
