package sluice.tasks.csv;

import com.google.common.base.Utf8;
import com.google.common.collect.ImmutableList;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import sluice.tasks.InputException;

/** Tells how a table's cells are written by a look at its beginning, and its encoding by all of it. */
final class FormatSketch {
    /** What is neither UTF-8 nor marked as UTF-16 is most often this. */
    private static final Charset OTHERWISE = Charset.forName("windows-1252");

    private static final Pattern POINT = Pattern.compile("[+-]?\\d*\\.\\d+([eE][+-]?\\d+)?");
    private static final Pattern COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");
    private static final Pattern COMMA_GROUPS = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d+)?");
    private static final Pattern POINT_GROUPS = Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3})+,\\d+");

    /** So many rows of a table have as many cells. */
    private static final double EVEN = 0.9;

    private FormatSketch() {}

    static TableFormat of(Path file) {
        TableFormat format = TableFormat.DEFAULT.encoded(encoding(file));
        format = format.delimitedBy(delimiter(file, format));
        if (isOfAnotherWidth(CsvFile.firstRows(file, format))) {
            format = format.after(1);
        }
        return numbers(CsvFile.firstRows(file, format), format);
    }

    private static Charset encoding(Path file) {
        try (InputStream content = TableContent.open(file)) {
            byte[] bytes =
                    ByteStreams.limit(content, Integer.MAX_VALUE - Long.BYTES).readAllBytes();
            if (bytes.length >= 2
                    && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                            || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff))) {
                return StandardCharsets.UTF_16;
            }
            if (Utf8.isWellFormed(bytes)) {
                return StandardCharsets.UTF_8;
            }
            if (!TableContent.isText(file)) {
                throw TableContent.noText(file);
            }
            return OTHERWISE;
        } catch (IOException e) {
            throw TableContent.unreadable(file, e);
        }
    }

    /** The one by which most rows have as many cells as the first, at least two; of several the one of most cells. */
    private static char delimiter(Path file, TableFormat format) {
        char best = format.delimiter();
        double most = 0;
        for (char delimiter : TableFormat.DELIMITERS.values()) {
            double worth = worth(file, format.delimitedBy(delimiter));
            if (worth > most) {
                most = worth;
                best = delimiter;
            }
        }
        return best;
    }

    private static double worth(Path file, TableFormat format) {
        try {
            List<ImmutableList<String>> rows = CsvFile.firstRows(file, format);
            int cells = rows.isEmpty() ? 1 : rows.get(rows.size() - 1).size();
            long alike = rows.stream().filter(row -> row.size() == cells).count();
            double share = cells < 2 ? 0 : (double) alike / rows.size();
            // evenness first; then many cells
            return share < EVEN ? share / 1000 : share + cells / 1e6;
        } catch (InputException unfit) {
            // with quotes that are none by this delimiter
            return 0;
        }
    }

    /** A first line with other cells than all rows below is none of the table. */
    private static boolean isOfAnotherWidth(List<ImmutableList<String>> rows) {
        return rows.size() > 2
                && rows.stream().skip(1).mapToInt(List::size).distinct().count() == 1
                && rows.get(0).size() != rows.get(1).size();
    }

    private static TableFormat numbers(List<ImmutableList<String>> rows, TableFormat format) {
        long points = count(rows, POINT);
        long commas = count(rows, COMMA);
        long pointGroups = count(rows, POINT_GROUPS);
        long commaGroups = count(rows, COMMA_GROUPS);
        if (pointGroups > 0 || (commas > points && commas > commaGroups)) {
            return format.numbered(',', pointGroups > 0 ? "." : "");
        }
        return commaGroups > 0 && commaGroups >= commas ? format.numbered('.', ",") : format;
    }

    private static long count(List<ImmutableList<String>> rows, Pattern cells) {
        return rows.stream()
                .flatMap(List::stream)
                .filter(cell -> cells.matcher(cell).matches())
                .count();
    }
}
