package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Sets examples aside for testing, of each class its share, by lot.
 *
 * @param share of each class, rounded to whole examples, but at least one and never all; below 1, and 0 for none at all
 * @param seed of the lot
 */
public record TestShare(double share, long seed) {
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
            int count = Math.min(Math.max((int) Math.round(share * left.size()), 1), left.size() - 1);
            for (int k = 0; k < count; k++) {
                Collections.swap(left, k, k + lot.nextInt(left.size() - k));
                chosen.set(left.get(k));
            }
        });
        return chosen;
    }
}
