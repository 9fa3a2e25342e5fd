package sluice.tasks.csv;

import com.google.common.hash.HashingInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import sluice.tasks.InputException;

/** A CSV file being read, row by row, and hashed. Mutable; whoever opens it closes it. */
final class CsvFile implements AutoCloseable {
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setIgnoreEmptyLines(false) // skipped here, so that lines are counted
            .setIgnoreSurroundingSpaces(true)
            .get();
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path path;
    private final HashingInputStream content;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private CsvHeader header;
    private CsvPlace place;
    private List<String> row;
    private boolean atFirstRow;

    private CsvFile(Path path, HashingInputStream content) throws IOException {
        this.path = path;
        this.content = content;
        BufferedReader text = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8.newDecoder()));
        skipByteOrderMark(text);
        this.parser = CSVParser.builder().setReader(text).setFormat(FORMAT).get();
        this.records = parser.iterator();
        if (!next()) {
            throw new CsvPlace(path, 1).error("the file is empty: write a header and a row per example");
        }
    }

    /**
     * @param path where it is
     * @param names where its columns' names are
     * @return the file, its header read and checked
     * @throws InputException if it cannot be read, is empty or its header is wrong
     */
    static CsvFile open(Path path, TableHeader names) {
        CsvFile file = openAtFirstRow(path);
        try {
            if (names instanceof TableHeader.None none) {
                file.header = file.unwritten(none);
                file.atFirstRow = true;
            } else {
                file.header = CsvHeader.of(file.place, file.row);
            }
            return file;
        } catch (InputException wrong) {
            file.close();
            throw wrong;
        }
    }

    /**
     * @param path where it is
     * @return the file, at its first row, whatever that is
     * @throws InputException if it cannot be read or is empty
     */
    static CsvFile openAtFirstRow(Path path) {
        if (Files.isDirectory(path)) {
            throw new InputException(CsvPlace.name(path) + " is a folder: name a CSV file");
        }
        if (Files.exists(path) && !TableContent.isText(path)) {
            throw new InputException(CsvPlace.name(path)
                    + ": is neither text nor gzip: a table is a CSV file in UTF-8, plain or gzip: save it so");
        }
        try {
            HashingInputStream content = TableContent.hashed(path);
            try {
                return new CsvFile(path, content);
            } catch (IOException | RuntimeException e) {
                content.close();
                throw e;
            }
        } catch (CharacterCodingException e) {
            throw notUtf8(path, e);
        } catch (IOException e) {
            throw TableContent.unreadable(path, e);
        }
    }

    private CsvHeader unwritten(TableHeader.None none) {
        if (none.names().isEmpty()) {
            return CsvHeader.of(
                    place,
                    IntStream.rangeClosed(1, row.size())
                            .mapToObj(column -> "c" + column)
                            .toList());
        }
        if (none.names().size() != row.size()) {
            throw place.error("the row has %d cells, and names are given for %d columns: give each column one"
                    .formatted(row.size(), none.names().size()));
        }
        return CsvHeader.of(place, none.names());
    }

    CsvHeader header() {
        return header;
    }

    /** Goes on to the next row that is no empty line; false at the end. */
    boolean next() {
        if (atFirstRow) {
            atFirstRow = false;
            return true;
        }
        do {
            place = new CsvPlace(path, parser.getCurrentLineNumber() + 1);
            if (!hasNext()) {
                return false;
            }
            row = records.next().toList();
        } while (row.size() == 1 && row.get(0).isEmpty());
        return true;
    }

    /** Where the row begins. */
    CsvPlace place() {
        return place;
    }

    /** The row's cells. */
    List<String> row() {
        return row;
    }

    /** SHA-256 (hex) of the whole content, unpacked; to be asked once, at the end. */
    String sha256() {
        try {
            return TableContent.sha256(content);
        } catch (IOException e) {
            throw TableContent.unreadable(path, e);
        }
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw TableContent.unreadable(path, e);
        }
    }

    private boolean hasNext() {
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CSVException) {
                throw place.error("a quoted cell is not closed, or text follows its closing quote: "
                        + "put cells with quotes in quotes and double the quotes inside");
            }
            if (e.getCause() instanceof CharacterCodingException) {
                throw notUtf8(path, e.getCause());
            }
            throw TableContent.unreadable(path, e.getCause());
        }
    }

    private static void skipByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
    }

    private static InputException notUtf8(Path path, IOException problem) {
        try {
            return new InputException(
                    new CsvPlace(path, Utf8Lines.firstWrong(path)) + ": is not UTF-8: save the file as UTF-8", problem);
        } catch (IOException e) {
            return TableContent.unreadable(path, e);
        }
    }
}
