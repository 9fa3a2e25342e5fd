package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What one metric's values say of two ways of learning, A and B, paired by seed.
 *
 * @param a A's values
 * @param b B's values, as many
 * @param difference B less A, pair by pair, with the 95 % confidence interval of its mean by Student's t
 * @param test whether the mean difference is more than noise
 * @param equal whether every pair's values are equal
 */
public record PairedDifference(
        SampleSummary a, SampleSummary b, SampleSummary difference, SignFlipTest test, boolean equal) {
    private static final double LEVEL = 0.05;

    /** What is made of a difference. */
    public enum Verdict {
        /** All pairs are equal. */
        NONE("none"),
        /** So few pairs cannot tell, however large it is. */
        TOO_FEW_PAIRS("too few pairs"),
        /** p is 0.05 or above. */
        NOISE("within noise"),
        /** p is below 0.05. */
        MORE_THAN_NOISE("more than noise");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** {@return for readers: {@code more than noise}} */
        public String words() {
            return words;
        }
    }

    /**
     * {@return what they say}
     *
     * @param a A's values, finite, at least one
     * @param b B's values of the same seeds in the same order
     * @throws IllegalArgumentException if there are none, or not as many of both, or one is not finite
     */
    public static PairedDifference of(double[] a, double[] b) {
        checkArgument(a.length == b.length, "%s values cannot be paired with %s", a.length, b.length);
        double[] differences =
                IntStream.range(0, a.length).mapToDouble(i -> b[i] - a[i]).toArray();
        return new PairedDifference(
                summary(a),
                summary(b),
                summary(differences),
                SignFlipTest.of(differences),
                Arrays.stream(differences).allMatch(d -> d == 0));
    }

    private static SampleSummary summary(double[] values) {
        return SampleSummary.of(
                Doubles.asList(values).stream().map(MetricValue::of).toList());
    }

    /** {@return whether the difference is more than noise at the level 0.05} */
    public Verdict verdict() {
        if (equal) {
            return Verdict.NONE;
        }
        if (test.leastP() >= LEVEL) {
            return Verdict.TOO_FEW_PAIRS;
        }
        return test.p() < LEVEL ? Verdict.MORE_THAN_NOISE : Verdict.NOISE;
    }
}
