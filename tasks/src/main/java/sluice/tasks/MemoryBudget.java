package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.function.Supplier;

/**
 * What data may take of Java's memory while it is read. A user is told where it is exceeded before Java itself runs out.
 * Mutable; belongs to one loading.
 */
public final class MemoryBudget {
    /** Values of one part of a data set at the most: what one array holds. */
    private static final long MOST_VALUES = Integer.MAX_VALUE - 8;

    private static final int SHARE_OF_HEAP = 4;

    private final long bytes;
    private final String advice;
    private long taken;

    private MemoryBudget(long bytes, String advice) {
        this.bytes = bytes;
        this.advice = advice;
    }

    /**
     * {@return a budget of this size}
     *
     * @param bytes what data may take, at least 1
     */
    public static MemoryBudget ofBytes(long bytes) {
        checkArgument(bytes >= 1, "a budget must be at least 1 byte, got %s", bytes);
        return new MemoryBudget(bytes, "leave out rows or columns");
    }

    /**
     * {@return a quarter of what Java may take: as much again while values are arranged and prepared, and the rest for
     * the network}
     */
    public static MemoryBudget ofHeap() {
        return ofBytes(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /**
     * {@return a budget as large, of which nothing is taken}
     *
     * @param other what makes this kind of data smaller, for messages, such as {@code leave out rows or columns}
     */
    public MemoryBudget advising(String other) {
        return new MemoryBudget(bytes, other);
    }

    /** {@return what data may take} */
    public long bytes() {
        return bytes;
    }

    /**
     * {@return whether the budget would have them if nothing were taken}
     *
     * @param more bytes
     */
    public boolean couldHold(long more) {
        return more <= bytes;
    }

    /**
     * Takes memory from the budget.
     *
     * @param more bytes
     * @param place what is being read, for the message
     * @throws InputException if the budget does not have them
     */
    public void take(long more, Supplier<String> place) {
        taken += more;
        if (taken > bytes) {
            throw new InputException(
                    ("%s: does not fit in memory: all data together may take %d MiB, a quarter of Java's: "
                                    + "give Java more with SLUICE_JAVA_OPTS=-Xmx4g, or %s")
                            .formatted(place.get(), bytes >> 20, advice));
        }
    }

    /**
     * The values of one part of a data set, of four bytes each, that are made beside what was taken already.
     *
     * @param examples at least 0
     * @param features per example
     * @param place what they were read from, for the message
     * @return how many values that is
     * @throws InputException if the budget could not hold them alone, or an array cannot
     */
    public int values(int examples, int features, Supplier<String> place) {
        long values = (long) examples * features;
        if (values > MOST_VALUES || values * Float.BYTES > bytes) {
            throw new InputException(("%s: %d examples of %d features do not fit in memory: they may be %d values: "
                            + "give Java more with SLUICE_JAVA_OPTS=-Xmx4g, or %s")
                    .formatted(place.get(), examples, features, Math.min(MOST_VALUES, bytes / Float.BYTES), advice));
        }
        return (int) values;
    }
}
