package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

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
        shuffle(order, random);
        return IntStream.of(order)
                .filter(position -> left[images.label(position)]-- > 0)
                .sorted()
                .boxed()
                .collect(ImmutableList.toImmutableList());
    }

    private static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }
}
