package sluice.tasks.csv;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.util.stream.DoubleStream;
import sluice.tasks.Printable;

/**
 * Ranges along a column of numbers or dates, each of which is a task; the lowest is learned first. Of a range the lower end belongs to it,
 * the upper one to the next; the first and the last have one end alone, so that every value is of one range.
 *
 * @param column what the header calls it
 * @param scale how its cells are read
 * @param cut where one range ends and the next begins
 * @param feature whether it is an input, too
 */
public record TaskRanges(String column, Scale scale, Cut cut, Feature feature) {
    /** How cells are read. */
    public sealed interface Scale permits Numbers, Dates {}

    /** As decimal numbers. */
    public record Numbers() implements Scale {}

    /**
     * As dates, in the order of time.
     *
     * @param format pattern as of {@link DateColumn}
     */
    public record Dates(String format) implements Scale {
        /**
         * Checks the format.
         *
         * @throws IllegalArgumentException if it is none, or tells neither date nor time
         */
        public Dates {
            DateOrder.of(format);
        }
    }

    /** Where one range ends and the next begins. */
    public sealed interface Cut permits At, Parts {}

    /**
     * At these values, each of which is the first of a range: one range more than values.
     *
     * @param bounds at least one, as cells are written, rising
     */
    public record At(ImmutableList<String> bounds) implements Cut {}

    /**
     * So that ranges have about as many rows of the training file (or the only one) each; rows of one value stay together.
     *
     * @param count of ranges, at least 2
     */
    public record Parts(int count) implements Cut {
        /** Checks the number. */
        public Parts {
            checkArgument(count >= 2, "parts must be at least 2, got %s", count);
        }
    }

    /** Whether a column is an input. */
    public enum Feature {
        /** It is none. */
        DROP,
        /** It is one, a number. */
        KEEP
    }

    /**
     * Checks that values fit the scale and rise.
     *
     * @throws IllegalArgumentException if they do not, or dates were to be an input, which {@link DateColumn} makes of their parts
     */
    public TaskRanges {
        checkArgument(
                feature == Feature.DROP || scale instanceof Numbers,
                "a column of dates is no input itself: say in dates which parts of it are");
        if (cut instanceof At at) {
            checkArgument(!at.bounds.isEmpty(), "bounds must be at least one value");
            ValueOrder order = ValueOrder.of(scale);
            at.bounds.forEach(bound -> checkArgument(
                    order.reads(bound), "a bound must be %s, got %s", order.wanted(), Printable.quoted(bound)));
            for (int b = 1; b < at.bounds.size(); b++) {
                checkArgument(
                        order.place(at.bounds.get(b - 1)) < order.place(at.bounds.get(b)),
                        "bounds must rise, got %s after %s",
                        at.bounds.get(b),
                        at.bounds.get(b - 1));
            }
        }
    }

    /**
     * {@return ranges of numbers; the column is no input}
     *
     * @param column what the header calls it
     * @param bounds at least one finite number, rising: each is the first of a range
     * @throws IllegalArgumentException if they are none, or do not rise
     */
    public static TaskRanges at(String column, double... bounds) {
        return new TaskRanges(
                column,
                new Numbers(),
                new At(DoubleStream.of(bounds).mapToObj(TaskRanges::text).collect(ImmutableList.toImmutableList())),
                Feature.DROP);
    }

    /**
     * {@return it as people write it, so that a whole number has no fraction}
     *
     * @param number of a bound
     */
    public static String text(double number) {
        boolean plain = number == 0 || (Math.abs(number) >= 1e-3 && Math.abs(number) < 1e15);
        return plain
                ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
                : Double.toString(number);
    }
}
