package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.random.Shuffling;

/** Which training examples' classes are known: the same number of each class, drawn at random. */
final class KnownLabels {
    private KnownLabels() {}

    /**
     * The positions of these examples, ascending.
     *
     * @param count in all; with as many as there are, or more, all
     */
    static ImmutableList<Integer> choose(Images images, int count, int classes, RandomGenerator random) {
        if (count >= images.size()) {
            return IntStream.range(0, images.size()).boxed().collect(ImmutableList.toImmutableList());
        }
        int[] left = new int[classes];
        for (int c = 0; c < classes; c++) {
            left[c] = count / classes + (c < count % classes ? 1 : 0);
        }
        int[] order = IntStream.range(0, images.size()).toArray();
        Shuffling.shuffle(order, random);
        return IntStream.of(order)
                .filter(position -> left[images.label(position)]-- > 0)
                .sorted()
                .boxed()
                .collect(ImmutableList.toImmutableList());
    }
}
