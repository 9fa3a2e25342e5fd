package sluice.evaluation;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * A kind of CSV file with fixed columns. The header may come again between lines, as it does in joined files.
 *
 * @param columns their names, in order
 */
public record CsvFile(ImmutableList<String> columns) {
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator('\n')
            .setIgnoreEmptyLines(false)
            .get();
    private static final int MOST_SHARED = 100_000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * {@return a printer that has written the header; it holds nothing back, so it needs no closing}
     *
     * @param out where to
     * @throws IOException if {@code out} fails
     */
    public CSVPrinter printer(Appendable out) throws IOException {
        CSVPrinter printer = new CSVPrinter(out, FORMAT);
        printer.printRecord(columns);
        return printer;
    }

    /**
     * Reads to the end. Does not close.
     *
     * @param in where from
     * @param source what to call it in messages
     * @return the lines of a file but its headers and empty lines
     * @throws IOException if {@code in} fails
     * @throws MatrixFormatException if a column is missing or unknown, or a line has more or fewer values than columns
     */
    public ImmutableList<CsvLine> lines(Reader in, String source) throws IOException {
        CSVParser parser = CSVParser.builder().setReader(in).setFormat(FORMAT).get();
        Iterator<CSVRecord> records = parser.iterator();
        ImmutableList.Builder<CsvLine> lines = ImmutableList.builder();
        Map<String, String> texts = new HashMap<>();
        boolean headerSeen = false;
        long number = 1;
        for (; hasNext(records, source, number); number = parser.getCurrentLineNumber() + 1) {
            ImmutableList<String> values = Arrays.stream(records.next().values())
                    .map(text -> shared(text, texts))
                    .collect(ImmutableList.toImmutableList());
            if (!headerSeen) {
                checkHeader(values, source, number);
                headerSeen = true;
            } else if (!values.equals(columns) && !values.equals(ImmutableList.of(""))) {
                checkCount(values, source, number);
                lines.add(new CsvLine(source, number, columns, values));
            }
        }
        if (!headerSeen) {
            throw new MatrixFormatException(CsvLine.place(source, 1) + ": the file is empty: " + expectation());
        }
        return lines.build();
    }

    /** One copy of what a file says again and again, as names and numbers of tasks, so that a million lines fit. */
    private static String shared(String text, Map<String, String> texts) {
        String known = texts.get(text);
        if (known != null) {
            return known;
        }
        if (texts.size() < MOST_SHARED) {
            texts.put(text, text);
        }
        return text;
    }

    private static boolean hasNext(Iterator<CSVRecord> records, String source, long number) throws IOException {
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CSVException) {
                throw new MatrixFormatException(
                        CsvLine.place(source, number) + ": a quoted value is not closed, or text follows its closing"
                                + " quote: put values with quotes in quotes and double the quotes inside");
            }
            throw e.getCause();
        }
    }

    private void checkHeader(List<String> header, String source, long number) {
        List<String> found =
                header.stream().map(name -> name.replace(BYTE_ORDER_MARK, "")).toList();
        if (!found.equals(columns)) {
            String missing = named(
                    "missing column",
                    columns.stream().filter(c -> !found.contains(c)).toList());
            String unknown = named(
                    "unknown column",
                    found.stream().filter(c -> !columns.contains(c)).toList());
            String order = missing.isEmpty() && unknown.isEmpty() ? " columns in another order or twice;" : "";
            throw new MatrixFormatException(
                    CsvLine.place(source, number) + ":" + missing + unknown + order + " " + expectation());
        }
    }

    private void checkCount(List<String> values, String source, long number) {
        if (values.size() != columns.size()) {
            throw new MatrixFormatException("%s has %s values, but there are %s columns: write a value for each of %s"
                    .formatted(
                            CsvLine.place(source, number),
                            String.valueOf(values.size()),
                            String.valueOf(columns.size()),
                            Joiner.on(',').join(columns)));
        }
    }

    private String expectation() {
        return "write the header " + Joiner.on(',').join(columns);
    }

    private static String named(String what, List<String> names) {
        return names.isEmpty()
                ? ""
                : " " + what + " "
                        + Joiner.on(", ")
                                .join(names.stream().map(Printable::quoted).toList()) + ";";
    }
}
