package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The two-sided sign-flip permutation test of paired differences (Fisher 1935; also called the paired permutation or
 * randomisation test). If neither of two ways of learning is better, each pair's difference might as well have had the
 * other sign: p is the share of all sign assignments whose sum is at least as far from 0 as the one found. Nothing is
 * supposed of the differences' distribution but that it is symmetric about 0.
 *
 * <p>Up to {@value #MOST_ENUMERATED} pairs all 2^n assignments are counted, and p is exact. Beyond, {@value #FLIPS} are
 * drawn from a fixed seed, and p is (1 + those at least as far) / (1 + all drawn), which never is too small.
 *
 * <p>The assignment found and its mirror image always count, so that p cannot be below 2 / 2^n: with fewer than 6 pairs
 * no difference, however large, reaches p &lt; 0.05.
 *
 * @param pairs how many differences, n, at least 1
 * @param p in [leastP, 1]; 1 where all differences are 0
 * @param leastP the least p that so many pairs can reach
 * @param exact whether all assignments were counted
 */
public record SignFlipTest(int pairs, double p, double leastP, boolean exact) {
    /** The test's name in reports. */
    public static final String NAME = "two-sided sign-flip permutation test";

    /** Pairs up to which all assignments are counted. */
    public static final int MOST_ENUMERATED = 20;

    private static final int FLIPS = 100_000;
    private static final long SEED = 20_260_101;

    /** What the rounding of a sum may hide, for each unit of the sum of magnitudes. */
    private static final double ROUNDING = 1e-12;

    /**
     * {@return the test of their mean against 0}
     *
     * @param differences of the pairs, finite, at least one
     * @throws IllegalArgumentException if there is none, or one is not finite
     */
    public static SignFlipTest of(double... differences) {
        int n = differences.length;
        checkArgument(n >= 1, "there must be at least one pair");
        double magnitude = 0;
        for (double difference : differences) {
            checkArgument(Double.isFinite(difference), "a difference must be finite, got %s", difference);
            magnitude += Math.abs(difference) / n;
        }
        // scaled, so that no sum overflows; ties count although their sums round differently
        double scale = magnitude == 0 ? 1 : magnitude;
        double[] scaled = Arrays.stream(differences).map(d -> d / scale).toArray();
        double bound = Math.abs(Arrays.stream(scaled).sum()) - ROUNDING * n;
        boolean exact = n <= MOST_ENUMERATED;
        double p = exact
                ? 2 * atLeast(scaled, 1, scaled[0], bound) / Math.pow(2, n)
                : (1.0 + drawnAtLeast(scaled, bound)) / (1.0 + FLIPS);
        double least = Math.pow(2, 1.0 - n);
        return new SignFlipTest(n, p, exact ? least : Math.max(least, 1 / (1.0 + FLIPS)), exact);
    }

    /** Assignments of signs from a position on whose sum is at least as far from 0; those of the first are mirror images. */
    private static long atLeast(double[] differences, int from, double sum, double bound) {
        if (from == differences.length) {
            return Math.abs(sum) >= bound ? 1 : 0;
        }
        return atLeast(differences, from + 1, sum + differences[from], bound)
                + atLeast(differences, from + 1, sum - differences[from], bound);
    }

    private static int drawnAtLeast(double[] differences, double bound) {
        SplittableRandom random = new SplittableRandom(SEED);
        int count = 0;
        for (int flip = 0; flip < FLIPS; flip++) {
            double sum = 0;
            for (double difference : differences) {
                sum += random.nextBoolean() ? difference : -difference;
            }
            count += Math.abs(sum) >= bound ? 1 : 0;
        }
        return count;
    }
}
