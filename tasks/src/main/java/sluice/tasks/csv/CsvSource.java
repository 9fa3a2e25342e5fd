package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The rows of a CSV file. */
final class CsvSource implements TableSource {
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final TableFormat.Numbers numbers;
    private List<String> row = List.of();
    private final int skipped;
    private long line;

    CsvSource(BufferedReader text, TableFormat format) throws IOException {
        this.parser = CSVParser.builder()
                .setReader(text)
                .setFormat(CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(format.delimiter())
                        .setQuote(format.quote())
                        .setIgnoreEmptyLines(false) // skipped here, so that lines are counted
                        .setIgnoreSurroundingSpaces(true)
                        .get())
                .get();
        this.numbers = format.numbers();
        this.skipped = format.skipped();
        this.line = skipped + 1L;
        this.records = parser.iterator();
    }

    @Override
    public boolean next() throws IOException {
        try {
            do {
                line = skipped + parser.getCurrentLineNumber() + 1;
                if (!records.hasNext()) {
                    return false;
                }
                row = records.next().stream().map(numbers::plain).toList();
            } while (row.size() == 1 && row.get(0).isEmpty());
            return true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public List<String> row() {
        return row;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public boolean namesColumns() {
        return false;
    }

    @Override
    public ImmutableMap<String, ImmutableList<String>> declared() {
        return ImmutableMap.of();
    }

    @Override
    public ImmutableList<String> notes() {
        return ImmutableList.of();
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
