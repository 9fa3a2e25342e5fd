package sluice.tasks.csv;

import com.google.common.base.CharMatcher;

/** Decimal numbers in cells. */
final class Decimals {
    private static final CharMatcher DECIMAL =
            CharMatcher.inRange('0', '9').or(CharMatcher.anyOf("+-.eE")).precomputed();

    private Decimals() {}

    /** The decimal number that a cell holds; not a number, or infinite, where it holds none or too large a one. */
    static float number(String cell) {
        try {
            return DECIMAL.matchesAllOf(cell) ? Float.parseFloat(cell) : Float.NaN;
        } catch (NumberFormatException e) {
            return Float.NaN;
        }
    }

    /** The same in double precision. */
    static double real(String cell) {
        try {
            return DECIMAL.matchesAllOf(cell) ? Double.parseDouble(cell) : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
