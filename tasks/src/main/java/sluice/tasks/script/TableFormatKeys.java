package sluice.tasks.script;

import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.tasks.csv.DateColumn;
import sluice.tasks.csv.TableFormat;

/** Reads and writes the keys of {@code data} that say how cells of tables are written. */
final class TableFormatKeys {
    static final ImmutableList<String> KEYS =
            ImmutableList.of("delimiter", "quote", "decimal", "thousands", "encoding", "skip_lines", "dates");
    private static final ImmutableBiMap<String, Character> WORDS = ImmutableBiMap.of(
            "comma", ',', "semicolon", ';', "tab", '\t', "pipe", '|', "space", ' ', "point", '.', "apostrophe", '\'');
    private static final String MARK = "one character, or a word for it: " + String.join(", ", WORDS.keySet());

    private static final Range<Integer> LINES = Range.closed(0, 1_000_000);

    /** Keys of one of {@code dates}. */
    static final ImmutableList<String> DATE_KEYS = ImmutableList.of("column", "format", "as");

    private TableFormatKeys() {}

    static TableFormat read(Section data) {
        TableFormat usual = TableFormat.DEFAULT;
        Optional<Value> decimal = data.value("decimal");
        char point = mark(decimal).orElse(usual.decimal());
        if (point != '.' && point != ',') {
            throw decimal.orElseThrow().mustBe("comma or point");
        }
        Optional<Value> thousands = data.value("thousands");
        Optional<Character> groups = mark(thousands);
        if (groups.isPresent() && groups.get() == point) {
            throw thousands.orElseThrow().error("is the decimal mark, too: write decimal, or another mark");
        }
        char delimiter = mark(data.value("delimiter")).orElse(usual.delimiter());
        Optional<Value> quote = data.value("quote");
        char quoted = mark(quote).orElse(usual.quote());
        if (quoted == delimiter) {
            throw quote.orElseThrow().error("is the delimiter, too: write another mark");
        }
        return new TableFormat(
                delimiter,
                quoted,
                point,
                groups.map(String::valueOf).orElse(""),
                encoding(data),
                data.integer("skip_lines", LINES, usual.skipped()),
                data.value("dates").map(TableFormatKeys::dates).orElse(ImmutableList.of()));
    }

    private static Optional<Character> mark(Optional<Value> value) {
        return value.map(TableFormatKeys::mark);
    }

    private static char mark(Value value) {
        Character named = WORDS.get(value.text());
        if (named == null && value.text().length() != 1) {
            throw value.mustBe(MARK);
        }
        return named == null ? value.text().charAt(0) : named;
    }

    private static ImmutableList<DateColumn> dates(Value list) {
        ImmutableList.Builder<DateColumn> dates = ImmutableList.builder();
        Set<String> columns = new HashSet<>();
        for (Value item : list.items("a list like [{column: sold, format: yyyy-MM-dd, as: [month, weekday]}]")) {
            Section date = Section.of(item, DATE_KEYS);
            Value column = date.required("column", "column: sold");
            if (!columns.add(column.text())) {
                throw column.error("is there already: name it once, with all parts");
            }
            Value format = date.required("format", "format: yyyy-MM-dd");
            try {
                dates.add(
                        new DateColumn(column.text(), format.text(), parts(date.required("as", "as: [year, month]"))));
            } catch (IllegalArgumentException unfit) {
                throw format.error(unfit.getMessage());
            }
        }
        return dates.build();
    }

    private static ImmutableList<DateColumn.Part> parts(Value list) {
        return list.choices(EnumSet.allOf(DateColumn.Part.class)).asList();
    }

    private static Charset encoding(Section data) {
        Optional<Value> encoding = data.value("encoding");
        try {
            return encoding.map(value -> Charset.forName(value.text())).orElse(TableFormat.DEFAULT.encoding());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw encoding.orElseThrow().mustBe("an encoding like utf-8, windows-1252, iso-8859-1 or utf-16");
        }
    }

    /** As a script has them; those that are not the usual. */
    static Map<String, Object> settings(TableFormat format) {
        TableFormat usual = TableFormat.DEFAULT;
        Map<String, Object> settings = new LinkedHashMap<>();
        if (format.delimiter() != usual.delimiter()) {
            settings.put("delimiter", word(format.delimiter()));
        }
        if (format.quote() != usual.quote()) {
            settings.put("quote", word(format.quote()));
        }
        if (format.decimal() != usual.decimal()) {
            settings.put("decimal", word(format.decimal()));
        }
        if (!format.thousands().isEmpty()) {
            settings.put("thousands", word(format.thousands().charAt(0)));
        }
        if (!format.encoding().equals(usual.encoding())) {
            settings.put("encoding", format.encoding().name());
        }
        if (format.skipped() != usual.skipped()) {
            settings.put("skip_lines", format.skipped());
        }
        if (!format.dates().isEmpty()) {
            settings.put(
                    "dates",
                    format.dates().stream()
                            .map(date -> ImmutableMap.of(
                                    "column",
                                    date.column(),
                                    "format",
                                    date.format(),
                                    "as",
                                    date.as().stream().map(Section::word).toList()))
                            .toList());
        }
        return settings;
    }

    private static String word(char mark) {
        return Optional.ofNullable(WORDS.inverse().get(mark)).orElse(String.valueOf(mark));
    }
}
