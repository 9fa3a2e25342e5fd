package sluice.tasks;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Orders drawn from a seed, the same on every machine and in every Java release. */
final class DrawnOrder {
    private DrawnOrder() {}

    /**
     * Draws an order from a stream of random numbers that is named and numbered.
     *
     * @param size how many there are to order
     * @param seed the one seed
     * @param stream what the order is for
     * @param index which order of the stream
     * @return 0 to size - 1, each once
     */
    static int[] of(int size, long seed, String stream, int index) {
        return shuffled(size, i -> Math.floorMod(bits(seed, stream, index, i), i + 1));
    }

    /**
     * Shuffles from the end (Fisher-Yates).
     *
     * @param size how many there are to order
     * @param draw asked for size - 1 down to 1, in this order, a number from 0 to that
     * @return 0 to size - 1, each once
     */
    static int[] shuffled(int size, IntUnaryOperator draw) {
        int[] order = IntStream.range(0, size).toArray();
        for (int i = size - 1; i > 0; i--) {
            int j = draw.applyAsInt(i);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    private static long bits(long seed, String stream, int index, int draw) {
        return Hashing.murmur3_128()
                .newHasher()
                .putLong(seed)
                .putString(stream, StandardCharsets.UTF_8)
                .putInt(index)
                .putInt(draw)
                .hash()
                .asLong();
    }
}
