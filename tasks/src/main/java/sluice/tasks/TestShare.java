package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Sets examples aside for testing, of each class its share, by lot.
 *
 * @param share of each class, rounded to whole examples, but at least one and never all; below 1, and 0 for none at all
 * @param seed of the lot
 */
public record TestShare(double share, long seed) {
    private static final int STRATA = 10;

    /** Checks the share. */
    public TestShare {
        checkArgument(share >= 0 && share < 1, "test share must be at least 0 and below 1, got %s", share);
    }

    /** {@return whether nothing is set aside: all examples are for training, and nothing is tested} */
    public boolean isNone() {
        return share == 0;
    }

    /**
     * {@return the positions that are for testing; none of a class that has a single example. The same for the same
     * seed and classes, whatever the Java release}
     *
     * @param classes the class of each example, of any kind with {@code equals}
     */
    public BitSet choose(List<?> classes) {
        if (isNone()) {
            return new BitSet();
        }
        ListMultimap<Object, Integer> positions =
                MultimapBuilder.linkedHashKeys().arrayListValues().build();
        for (int i = 0; i < classes.size(); i++) {
            positions.put(classes.get(i), i);
        }
        BitSet chosen = new BitSet(classes.size());
        Random lot = new Random(seed); // an algorithm that the platform specifies to the bit
        positions.asMap().values().forEach(members -> {
            List<Integer> left = (List<Integer>) members;
            draw(left, count(left.size()), lot, chosen);
        });
        return chosen;
    }

    /**
     * {@return the positions that are for testing, so many of each group as {@link #choose(List)} takes of a class, and spread as its
     * numbers are: of each tenth of them, by their size, its part. The same for the same seed and numbers}
     *
     * @param groups the group of each example, of any kind with {@code equals}
     * @param numbers a number per example
     */
    public BitSet choose(List<?> groups, double[] numbers) {
        if (isNone()) {
            return new BitSet();
        }
        ListMultimap<Object, Integer> positions =
                MultimapBuilder.linkedHashKeys().arrayListValues().build();
        for (int i = 0; i < numbers.length; i++) {
            positions.put(groups.get(i), i);
        }
        BitSet chosen = new BitSet(numbers.length);
        Random lot = new Random(seed);
        positions.asMap().values().forEach(members -> {
            List<Integer> sorted = members.stream()
                    .sorted(Comparator.comparingDouble(position -> numbers[position]))
                    .toList();
            long count = count(sorted.size());
            for (int tenth = 0; tenth < STRATA; tenth++) {
                int from = (int) ((long) sorted.size() * tenth / STRATA);
                int to = (int) ((long) sorted.size() * (tenth + 1) / STRATA);
                long drawn = rounded(count * to, sorted.size()) - rounded(count * from, sorted.size());
                draw(new ArrayList<>(sorted.subList(from, to)), (int) drawn, lot, chosen);
            }
        });
        return chosen;
    }

    private static long rounded(long product, int divisor) {
        return (2 * product + divisor) / (2L * divisor);
    }

    private int count(int members) {
        return Math.min(Math.max((int) Math.round(share * members), 1), members - 1);
    }

    private static void draw(List<Integer> left, int count, Random lot, BitSet chosen) {
        for (int k = 0; k < count; k++) {
            Collections.swap(left, k, k + lot.nextInt(left.size() - k));
            chosen.set(left.get(k));
        }
    }
}
