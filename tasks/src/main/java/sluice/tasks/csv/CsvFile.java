package sluice.tasks.csv;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.HashingInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVException;
import sluice.tasks.InputException;

/** A table's file being read, row by row, and hashed: CSV, or ARFF, which is told by how it begins. Mutable; whoever opens it closes it. */
final class CsvFile implements AutoCloseable {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path path;
    private final TableFormat format;
    private final HashingInputStream content;
    private final TableSource source;
    private CsvHeader header;
    private CsvPlace place;
    private List<String> row;
    private boolean atFirstRow;
    private final Map<String, InputException> wrongDates = new LinkedHashMap<>();
    private Optional<DatedColumns> dated = Optional.empty();

    private CsvFile(Path path, HashingInputStream content, TableFormat format) throws IOException {
        this.path = path;
        this.format = format;
        this.content = content;
        BufferedReader text = new BufferedReader(
                new InputStreamReader(content, format.encoding().newDecoder()));
        skipByteOrderMark(text);
        for (int line = 0; line < format.skipped(); line++) {
            text.readLine();
        }
        this.source = ArffRows.begin(text) ? new ArffRows(path, text) : new CsvSource(text, format);
        if (!next()) {
            throw new CsvPlace(path, format.skipped() + 1)
                    .error("the file is empty: write a header and a row per example");
        }
    }

    /**
     * {@return the file, its header read and checked}
     *
     * @param path where it is
     * @param names where its columns' names are
     * @param format of its cells
     * @throws InputException if it cannot be read, is empty or its header is wrong
     */
    static CsvFile open(Path path, TableHeader names, TableFormat format) {
        CsvFile file = openAtFirstRow(path, format);
        try {
            if (names instanceof TableHeader.None none) {
                file.checkUnnamed();
                file.header = file.dated(file.unwritten(none));
                file.atFirstRow = true;
            } else {
                file.header = file.dated(
                        CsvHeader.of(file.place, file.row, () -> HeaderlikeRow.looksLikeData(firstRows(path, format)))
                                .declaring(file.source.declared()));
            }
            return file;
        } catch (InputException wrong) {
            file.close();
            throw wrong;
        }
    }

    /**
     * {@return the file, at its first row, whatever that is}
     *
     * @param path where it is
     * @param format of its cells
     * @throws InputException if it cannot be read or is empty
     */
    static CsvFile openAtFirstRow(Path path, TableFormat format) {
        if (Files.isDirectory(path)) {
            throw new InputException(CsvPlace.name(path) + " is a folder: name a CSV file");
        }
        boolean utf8 = format.encoding().equals(StandardCharsets.UTF_8);
        if (utf8 && Files.exists(path) && !TableContent.isText(path)) {
            throw TableContent.noText(path);
        }
        try {
            HashingInputStream content = TableContent.hashed(path);
            try {
                return new CsvFile(path, content, format);
            } catch (IOException | RuntimeException e) {
                content.close();
                throw e;
            }
        } catch (CharacterCodingException e) {
            throw undecoded(path, format, e);
        } catch (IOException e) {
            throw TableContent.unreadable(path, e);
        }
    }

    private CsvHeader dated(CsvHeader written) {
        if (format.dates().isEmpty()) {
            return written;
        }
        dated = Optional.of(DatedColumns.of(written, format.dates()));
        return dated.get().header(written);
    }

    private List<String> rowOfSource() {
        wrongDates.clear();
        return dated.map(dates -> dates.row(source.row(), place, wrongDates)).orElseGet(source::row);
    }

    private void checkUnnamed() {
        if (source.namesColumns()) {
            throw place.error("an ARFF file names its columns itself: remove header: none");
        }
    }

    /** Whether the format says that the first row names columns, so that it is no data. */
    boolean namesColumns() {
        return source.namesColumns();
    }

    /** What was read past that another system would use, a line each. */
    ImmutableList<String> notes() {
        return source.notes();
    }

    private CsvHeader unwritten(TableHeader.None none) {
        if (none.names().isEmpty()) {
            return unwritten(IntStream.rangeClosed(1, row.size())
                    .mapToObj(column -> "c" + column)
                    .toList());
        }
        if (none.names().size() != row.size()) {
            throw place.error("the row has %d cells, and names are given for %d columns: give each column one"
                    .formatted(row.size(), none.names().size()));
        }
        return unwritten(none.names());
    }

    private CsvHeader unwritten(List<String> names) {
        return CsvHeader.of(place, names, () -> HeaderlikeRow.looksLikeData(firstRows(path, format)));
    }

    /** The first rows for {@link HeaderlikeRow}; none where the format itself says that the first one names columns. */
    static List<ImmutableList<String>> firstRows(Path path, TableFormat format) {
        List<ImmutableList<String>> rows = new ArrayList<>();
        try (CsvFile file = openAtFirstRow(path, format)) {
            boolean more = !file.namesColumns();
            while (more && rows.size() <= HeaderlikeRow.ROWS) {
                rows.add(ImmutableList.copyOf(file.row()));
                more = file.next();
            }
        }
        return rows;
    }

    CsvHeader header() {
        return header;
    }

    /** Columns of the header that the file has itself. */
    int written() {
        return dated.map(DatedColumns::width).orElseGet(() -> header.names().size());
    }

    /** Goes on to the next row that is no empty line; false at the end. */
    boolean next() {
        if (atFirstRow) {
            atFirstRow = false;
            row = rowOfSource();
            return true;
        }
        try {
            boolean found = source.next();
            place = new CsvPlace(path, source.line());
            row = found ? rowOfSource() : source.row();
            return found;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Where the row begins. */
    CsvPlace place() {
        return place;
    }

    /** The row's cells. */
    List<String> row() {
        return row;
    }

    /** What is wrong with cells of the row that should be dates, by their columns. */
    Map<String, InputException> wrongDates() {
        return wrongDates;
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
            source.close();
        } catch (IOException e) {
            throw TableContent.unreadable(path, e);
        }
    }

    private InputException unreadable(IOException problem) {
        if (problem instanceof CSVException) {
            return new CsvPlace(path, source.line())
                    .error("a quoted cell is not closed, or text follows its closing quote: "
                            + "put cells with quotes in quotes and double the quotes inside");
        }
        return problem instanceof CharacterCodingException
                ? undecoded(path, format, problem)
                : TableContent.unreadable(path, problem);
    }

    private static void skipByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
    }

    private static InputException undecoded(Path path, TableFormat format, IOException problem) {
        if (!format.encoding().equals(StandardCharsets.UTF_8)) {
            return new InputException(
                    "%s: is not %s: write another encoding, or save the file as UTF-8"
                            .formatted(CsvPlace.name(path), format.encoding()),
                    problem);
        }
        try {
            return new InputException(
                    new CsvPlace(path, Utf8Lines.firstWrong(path))
                            + ": is not UTF-8: save the file as UTF-8, or write what it is, for instance encoding: windows-1252",
                    problem);
        } catch (IOException e) {
            return TableContent.unreadable(path, e);
        }
    }
}
