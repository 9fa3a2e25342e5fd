package sluice.framework.discriminant;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lanes;

/**
 * In how many directions features vary: with few inputs, or inputs that repeat, in far fewer than there are features, however
 * many examples there are.
 *
 * @param sums of all features
 * @param lanes share out the work
 */
record FeatureRank(FeatureSums sums, Lanes lanes) {
    /** Features per direction from which on there are too many; drawn digits have 1.03, twenty normal inputs 2.4. */
    private static final int MOST = 4;

    /** One line where there are far more features than directions. Takes a fraction of a solution. */
    Optional<String> warning() {
        int all = sums.features();
        // where half of them have enough directions, all have: an eighth of the work
        if (MOST * rank(2) >= all) {
            return Optional.empty();
        }
        int rank = rank(1);
        return MOST * rank >= all
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%,d random features vary in %,d directions only, as inputs are few or repeat: the others cost time and"
                                + " memory and tell nothing apart; lower inference.features, %d will do",
                        all,
                        rank,
                        Math.max(LocalFilters.PER_FILTER, MOST * rank)));
    }

    /** Directions of every so many features, by what is left of each beside the others and shrinkage. */
    private int rank(int every) {
        int[] some =
                IntStream.iterate(0, i -> i < sums.features(), i -> i + every).toArray();
        return new DiscriminantSolver(sums, some, lanes).rank();
    }
}
