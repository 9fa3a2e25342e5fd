package sluice.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as text, the same in every locale and on every Java version. */
public final class Figures {
    private static final int DIGITS_THAT_ALWAYS_SUFFICE = 17;
    private static final double LARGE = 1e15;
    private static final double SMALL = 1e-4;
    private static final int DIGITS = 5;

    private Figures() {}

    /**
     * {@return the shortest decimal that parses back to the same double: 0.1, 1, 150000000, 2.5E-9}
     *
     * @param value finite
     */
    public static String exact(double value) {
        BigDecimal whole = new BigDecimal(value);
        BigDecimal shortest = whole;
        for (int digits = 1; digits <= DIGITS_THAT_ALWAYS_SUFFICE; digits++) {
            shortest = whole.round(new MathContext(digits));
            if (shortest.doubleValue() == value) {
                break;
            }
        }
        double size = Math.abs(value);
        boolean plain = value == 0 || (size >= 1e-6 && size < 1e18);
        return plain ? shortest.toPlainString() : shortest.toString();
    }

    /**
     * {@return four decimals, but an exponent where four decimals would turn a number that is not 0 into 0}
     *
     * @param value finite
     */
    public static String fourDecimals(double value) {
        return vanishes(value, 4) ? exponent(value) : String.format(Locale.ROOT, "%.4f", value);
    }

    /**
     * {@return so many decimals, with thousands set apart by commas: 12,345.6; an exponent where a number would turn
     * into 0, or is so large that its digits mean nothing}
     *
     * @param value finite
     * @param decimals at least 0
     */
    public static String grouped(double value, int decimals) {
        return vanishes(value, decimals) || Math.abs(value) >= LARGE
                ? exponent(value)
                : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /**
     * {@return five digits, with thousands set apart by commas: 1,234.5, 0.012345; all digits before the point; an exponent for what is
     * so small or so large that zeros would hide it}
     *
     * @param value finite
     */
    public static String fiveDigits(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < SMALL || size >= LARGE)) {
            return exponent(value);
        }
        int decimals = size == 0 ? DIGITS - 1 : DIGITS - 1 - (int) Math.floor(Math.log10(size));
        return grouped(value, Math.max(0, decimals));
    }

    private static boolean vanishes(double value, int decimals) {
        return value != 0 && Double.parseDouble(String.format(Locale.ROOT, "%." + decimals + "f", value)) == 0;
    }

    private static String exponent(double value) {
        return String.format(Locale.ROOT, "%.1e", value);
    }
}
