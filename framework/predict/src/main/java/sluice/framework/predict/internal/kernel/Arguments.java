package sluice.framework.predict.internal.kernel;

/** What a caller has to keep to, checked without a library. */
public final class Arguments {
    private Arguments() {}

    /**
     * Makes sure that something holds.
     *
     * @param holds whether it does
     * @param message what is wrong if it does not, with a {@code %s} for each value
     * @param values for the message
     * @throws IllegalArgumentException if it does not hold
     */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be another library
    public static void checkArgument(boolean holds, String message, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }
}
