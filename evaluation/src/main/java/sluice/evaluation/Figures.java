package sluice.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as text, the same in every locale and on every Java version. */
final class Figures {
    private static final int DIGITS_THAT_ALWAYS_SUFFICE = 17;

    private Figures() {}

    /** The shortest decimal that parses back to the same double: 0.1, 1, 150000000, 2.5E-9. */
    static String exact(double value) {
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

    /** Four decimals, but an exponent where four decimals would turn a number that is not 0 into 0. */
    static String fourDecimals(double value) {
        String fixed = String.format(Locale.ROOT, "%.4f", value);
        boolean vanished = value != 0 && Double.parseDouble(fixed) == 0;
        return vanished ? String.format(Locale.ROOT, "%.1e", value) : fixed;
    }
}
