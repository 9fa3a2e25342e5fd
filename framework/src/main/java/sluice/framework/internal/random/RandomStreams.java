package sluice.framework.internal.random;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * Independent random streams split from one seed by name and position. A stream depends on nothing but the seed, its
 * name and its indices, so that a task draws the same numbers whatever came before it.
 *
 * @param seed the one seed
 */
public record RandomStreams(long seed) {
    /** A fresh stream, at its start. */
    public RandomStream stream(String name, int... indices) {
        Hasher hasher = Hashing.murmur3_128().newHasher().putLong(seed).putString(name, StandardCharsets.UTF_8);
        for (int index : indices) {
            hasher.putInt(index);
        }
        return new RandomStream(hasher.hash().asLong());
    }
}
