package sluice.tasks.script;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Numbers as people write them in YAML: decimal, finite, and never ambiguous between YAML versions. */
final class NumberText {
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern REAL = Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    private static final Pattern LEADING_ZERO = Pattern.compile("([-+]?)0+(?=[0-9])");
    private static final int LONGEST = 100;
    private static final Range<BigInteger> LONGS =
            Range.closed(BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE));

    private NumberText() {}

    static long whole(Value value, String text, Range<Long> range) {
        refuseAmbiguous(value, text);
        if (!WHOLE.matcher(text).matches()) {
            throw value.mustBe("a whole number " + words(range));
        }
        if (text.length() > LONGEST) {
            throw value.mustBe(words(range));
        }
        BigInteger exact = new BigInteger(text);
        if (!LONGS.contains(exact) || !range.contains(exact.longValue())) {
            throw value.mustBe(words(range));
        }
        return exact.longValue();
    }

    /** Whether it is a number at all, of any size. */
    static boolean isReal(String text) {
        return REAL.matcher(text).matches();
    }

    static double real(Value value, String text, Range<Double> range) {
        refuseAmbiguous(value, text);
        if (!REAL.matcher(text).matches()) {
            throw value.mustBe("a finite number" + (range.hasLowerBound() ? " " + words(range) : ""));
        }
        double number = Double.parseDouble(text) + 0.0; // makes -0.0 plain 0.0
        if (!Double.isFinite(number)) {
            throw value.mustBe("finite");
        }
        if (!range.contains(number)) {
            throw value.mustBe(words(range));
        }
        return number;
    }

    private static void refuseAmbiguous(Value value, String text) {
        String bare = text.replace("_", "");
        if (!REAL.matcher(bare).matches()) {
            return;
        }
        if (!bare.equals(text)) {
            throw value.error(
                    "got %s: write %s, without underscores".formatted(Complaint.quote(text), Complaint.quote(bare)));
        }
        if (LEADING_ZERO.matcher(text).lookingAt()) {
            String decimal = LEADING_ZERO.matcher(text).replaceFirst("$1");
            throw value.error("got %s, which YAML readers take for different numbers: write %s"
                    .formatted(Complaint.quote(text), Complaint.quote(decimal)));
        }
    }

    private static String words(Range<?> range) {
        if (range.hasLowerBound() && range.hasUpperBound()) {
            return plain("in " + range.toString().replace("..", ", "));
        }
        String from = range.lowerBoundType() == BoundType.OPEN ? "above " : "at least ";
        return plain(from + range.lowerEndpoint());
    }

    private static String plain(String bounds) {
        return bounds.replaceAll("\\.0\\b", "");
    }
}
