package sluice.evaluation;

/**
 * A figure of a run, and all that is to be known of it to show it: whether it follows from the accuracy matrix, from
 * references, from accuracies between steps, or was measured.
 */
public interface Metric {
    /** How values are written. */
    enum Format {
        /** Four decimals. */
        ACCURACY,
        /** Of any size, as in units of a target: five digits. */
        NUMBER,
        /** Per cent with one decimal. */
        SHARE,
        /** Seconds. */
        SECONDS,
        /** Whole numbers, large ones with an exponent. */
        COUNT
    }

    /** Which values are better. */
    enum Better {
        /** Larger ones. */
        MORE(1),
        /** Smaller ones. */
        LESS(-1),
        /** Neither: it describes. */
        NEITHER(0);

        private final int sign;

        Better(int sign) {
            this.sign = sign;
        }

        /** {@return 1 where more is better, -1 where less is, 0 where neither} */
        public int sign() {
            return sign;
        }
    }

    /**
     * What is to be known of a metric to show it.
     *
     * @param title the name in reports, such as {@code Learning accuracy}
     * @param words what it is, in plain words
     * @param formula what it is exactly, without its source; the same as {@code words} where they say all
     * @param source who defined it so, such as {@code Lopez-Paz & Ranzato 2017}; empty for what is plainly measured
     * @param format how its values are written
     * @param better which values are better
     */
    record Description(String title, String words, String formula, String source, Format format, Better better) {
        /**
         * A figure whose words say all.
         *
         * @param title the name in reports
         * @param words what it is
         * @param source who defined it so; empty for what is plainly measured
         * @param format how its values are written
         * @param better which values are better
         */
        public Description(String title, String words, String source, Format format, Better better) {
            this(title, words, words, source, format, better);
        }

        /** A figure made of accuracies. */
        static Description ofAccuracies(String title, String formula, String source, Better better) {
            return new Description(title, formula, source, Format.ACCURACY, better);
        }

        /** The same, whose formula is put in plain words. */
        Description inWords(String plain) {
            return new Description(title, plain, formula, source, format, better);
        }

        Description named(String other) {
            return new Description(other, words, formula, source, format, better);
        }
    }

    /** {@return the name in files, such as {@code learning_accuracy}} */
    String key();

    /** {@return all else} */
    Description description();

    /** {@return the name in reports, such as {@code Learning accuracy}} */
    default String title() {
        return description().title();
    }

    /** {@return formula and source, one line} */
    default String definition() {
        return withSource(description().formula());
    }

    /** {@return plain words and source, one line: what a reader sees first} */
    default String meaning() {
        return withSource(description().words());
    }

    /** {@return whether there is a formula beside the plain words} */
    default boolean hasFormula() {
        return !description().words().equals(description().formula());
    }

    private String withSource(String text) {
        return source().isEmpty() ? text : text + " (" + source() + ")";
    }

    /** {@return who defined it so; empty for what is plainly measured} */
    default String source() {
        return description().source();
    }

    /** {@return how its values are written} */
    default Format format() {
        return description().format();
    }

    /** {@return which values are better} */
    default Better better() {
        return description().better();
    }
}
