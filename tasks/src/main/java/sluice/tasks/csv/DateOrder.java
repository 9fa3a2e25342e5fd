package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;

/**
 * Dates or times of one format, earlier ones first. What a format does not tell is the same for all.
 *
 * @param format pattern as of {@link DateColumn}
 * @param formatter of it
 */
record DateOrder(String format, DateTimeFormatter formatter) implements ValueOrder {
    /** A leap year, so that 29 February is a day of a format without a year. */
    private static final int SOME_YEAR = 2000;

    static DateOrder of(String format) {
        DateTimeFormatter formatter = DateColumn.formatter(format);
        TemporalAccessor read = DateColumn.some(format);
        checkArgument(
                read.query(TemporalQueries.localDate()) != null
                        || read.query(TemporalQueries.localTime()) != null
                        || read.isSupported(ChronoField.YEAR)
                        || read.isSupported(ChronoField.MONTH_OF_YEAR)
                        || read.isSupported(ChronoField.DAY_OF_MONTH),
                "%s tells neither date nor time",
                format);
        return new DateOrder(format, formatter);
    }

    @Override
    public boolean reads(String cell) {
        try {
            place(cell);
            return true;
        } catch (DateTimeException other) {
            return false;
        }
    }

    @Override
    public double place(String cell) {
        TemporalAccessor read = formatter.parse(cell);
        LocalDate date = read.query(TemporalQueries.localDate());
        LocalTime time = read.query(TemporalQueries.localTime());
        LocalDate day = date == null
                ? LocalDate.of(
                        field(read, ChronoField.YEAR, SOME_YEAR),
                        field(read, ChronoField.MONTH_OF_YEAR, 1),
                        field(read, ChronoField.DAY_OF_MONTH, 1))
                : date;
        return LocalDateTime.of(day, time == null ? LocalTime.MIDNIGHT : time).toEpochSecond(ZoneOffset.UTC);
    }

    private static int field(TemporalAccessor read, ChronoField field, int otherwise) {
        return read.isSupported(field) ? read.get(field) : otherwise;
    }

    @Override
    public String name(String cell) {
        return cell;
    }

    @Override
    public String wanted() {
        return "a date of the form " + format;
    }

    @Override
    public String remedy() {
        return "mend it";
    }

    @Override
    public String before() {
        return "before";
    }
}
