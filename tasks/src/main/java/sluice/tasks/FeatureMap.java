package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** What is done to an example's raw features whenever it is read: the data itself stays as it is. Immutable. */
public sealed interface FeatureMap permits FeatureMap.Identity, FeatureMap.Permutation, Rotation, ChosenFeatures {
    /** {@return features of an example that is read} */
    int features();

    /** {@return raw features of an example; as many as those that are read unless some are chosen} */
    default int rawFeatures() {
        return features();
    }

    /**
     * {@return which raw feature each one is, where the map computes nothing; not to be written to. Empty where it computes}
     */
    default Optional<int[]> places() {
        return Optional.empty();
    }

    /**
     * Maps one example; allocates nothing.
     *
     * @param from has the example's raw features
     * @param offset where they start
     * @param into takes {@link #features} values, from 0 on; may be longer, must not be {@code from}
     */
    void apply(float[] from, int offset, float[] into);

    /**
     * Maps one example whose raw features are whole numbers from 0 to 255; allocates nothing.
     *
     * @param from has the example's raw features, unsigned
     * @param offset where they start
     * @param into takes {@link #features} values, from 0 on; may be longer
     */
    void apply(byte[] from, int offset, float[] into);

    /**
     * Features as they are.
     *
     * @param features at least 1
     */
    record Identity(int features) implements FeatureMap {
        @Override
        public Optional<int[]> places() {
            return Optional.of(IntStream.range(0, features).toArray());
        }

        @Override
        public void apply(float[] from, int offset, float[] into) {
            System.arraycopy(from, offset, into, 0, features);
        }

        @Override
        public void apply(byte[] from, int offset, float[] into) {
            ByteValues.read(from, offset, features, into);
        }
    }

    /**
     * The same features in another order.
     *
     * @param order which feature comes first, which second, ...; each of 0 to order.length() - 1 once
     */
    record Permutation(ImmutableIntArray order) implements FeatureMap {
        /** Checks that it is a permutation. */
        public Permutation {
            checkArgument(!order.isEmpty(), "a permutation needs at least one feature");
            int[] place = new int[order.length()];
            Arrays.fill(place, -1);
            for (int i = 0; i < place.length; i++) {
                int feature = order.get(i);
                checkArgument(
                        feature >= 0 && feature < place.length,
                        "a permutation of %s features has each of 0 to %s once, got %s at %s",
                        place.length,
                        place.length - 1,
                        feature,
                        i);
                checkArgument(
                        place[feature] < 0,
                        "a permutation has each feature once, got %s at %s and at %s",
                        feature,
                        place[feature],
                        i);
                place[feature] = i;
            }
        }

        /**
         * A reordering.
         *
         * @param order which feature comes first, which second, ...; copied
         */
        public Permutation(int[] order) {
            this(ImmutableIntArray.copyOf(order));
        }

        @Override
        public int features() {
            return order.length();
        }

        @Override
        public Optional<int[]> places() {
            return Optional.of(order.toArray());
        }

        @Override
        public void apply(float[] from, int offset, float[] into) {
            for (int i = 0; i < order.length(); i++) {
                into[i] = from[offset + order.get(i)];
            }
        }

        @Override
        public void apply(byte[] from, int offset, float[] into) {
            for (int i = 0; i < order.length(); i++) {
                into[i] = from[offset + order.get(i)] & 0xff;
            }
        }
    }
}
