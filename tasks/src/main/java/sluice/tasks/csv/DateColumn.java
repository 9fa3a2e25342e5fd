package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import sluice.tasks.Printable;

/**
 * A column of dates, in whose place parts of them are features: columns of numbers, called {@code COLUMN (part)}.
 *
 * @param column what the header calls it
 * @param format pattern of {@link DateTimeFormatter}, such as {@code yyyy-MM-dd}; only dates of the calendar are read
 * @param as the parts
 */
public record DateColumn(String column, String format, List<Part> as) {
    private static final LocalDateTime SOME = LocalDateTime.of(2024, 2, 29, 13, 45, 30);

    /** What of a date is a number. */
    public enum Part {
        /** The year. */
        YEAR(ChronoField.YEAR),
        /** Month of the year, from 1. */
        MONTH(ChronoField.MONTH_OF_YEAR),
        /** Day of the month, from 1. */
        DAY(ChronoField.DAY_OF_MONTH),
        /** Day of the week, Monday is 1. */
        WEEKDAY(ChronoField.DAY_OF_WEEK),
        /** Hour of the day, from 0. */
        HOUR(ChronoField.HOUR_OF_DAY),
        /** Minute of the hour, from 0. */
        MINUTE(ChronoField.MINUTE_OF_HOUR);

        private final ChronoField field;

        Part(ChronoField field) {
            this.field = field;
        }
    }

    /**
     * Checks that such dates have the parts.
     *
     * @throws IllegalArgumentException if the format is none, or they have not
     */
    public DateColumn {
        as = List.copyOf(as);
        checkArgument(!as.isEmpty(), "there must be a part");
        TemporalAccessor read = some(format);
        for (Part part : as) {
            checkArgument(
                    read.isSupported(part.field),
                    "%s tells no %s",
                    format,
                    part.name().toLowerCase(Locale.ROOT));
        }
    }

    /** What a format tells of a date. */
    static TemporalAccessor some(String format) {
        DateTimeFormatter formatter = formatter(format);
        try {
            return formatter.parse(formatter.format(SOME));
        } catch (DateTimeException incomplete) {
            throw new IllegalArgumentException(
                    "%s tells no date or time: %s".formatted(format, incomplete.getMessage()), incomplete);
        }
    }

    static DateTimeFormatter formatter(String format) {
        // a year without its era is that of the common era
        return DateTimeFormatter.ofPattern(format.replace('y', 'u'), Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** Names of the columns in its place. */
    ImmutableList<String> names() {
        return as.stream()
                .map(part -> "%s (%s)".formatted(column, part.name().toLowerCase(Locale.ROOT)))
                .collect(ImmutableList.toImmutableList());
    }

    /** Reads cells of the column. */
    Reader reader() {
        return new Reader(this, formatter(format));
    }

    /** Reads cells. */
    record Reader(DateColumn dates, DateTimeFormatter formatter) {
        /** Its parts as numbers; where a cell has no value, as empty as that. */
        ImmutableList<String> read(String cell, boolean missing, CsvPlace place) {
            if (missing) {
                return dates.as.stream().map(part -> cell).collect(ImmutableList.toImmutableList());
            }
            try {
                return parts(cell);
            } catch (DateTimeException wrong) {
                throw place.error(
                        dates.column,
                        "must be a date of the form %s, got %s: mend it"
                                .formatted(dates.format, Printable.quoted(cell)));
            }
        }

        /** The parts of a date. */
        ImmutableList<String> parts(String cell) {
            TemporalAccessor date = formatter.parse(cell);
            return dates.as.stream()
                    .map(part -> Integer.toString(date.get(part.field)))
                    .collect(ImmutableList.toImmutableList());
        }

        /** Whether a cell is such a date. */
        boolean reads(String cell) {
            try {
                formatter.parse(cell);
                return true;
            } catch (DateTimeException other) {
                return false;
            }
        }
    }
}
