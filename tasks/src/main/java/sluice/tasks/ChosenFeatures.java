package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import java.util.Arrays;
import java.util.Optional;

/** Some of the features that another map gives, which computes nothing. */
final class ChosenFeatures implements FeatureMap {
    private final int rawFeatures;
    /** Which raw features they are. */
    private final int[] places;

    ChosenFeatures(FeatureMap all, int[] chosen) {
        checkArgument(chosen.length > 0, "at least one feature must be chosen");
        int[] raw = all.places()
                .orElseThrow(() -> new IllegalArgumentException(
                        "features that are computed, by %s, come all at once".formatted(all)));
        this.rawFeatures = all.rawFeatures();
        this.places = Arrays.stream(chosen)
                .map(feature -> raw[checkElementIndex(feature, raw.length, "feature")])
                .toArray();
    }

    @Override
    public int features() {
        return places.length;
    }

    @Override
    public int rawFeatures() {
        return rawFeatures;
    }

    @Override
    public Optional<int[]> places() {
        return Optional.of(places);
    }

    @Override
    public void apply(float[] from, int offset, float[] into) {
        for (int i = 0; i < places.length; i++) {
            into[i] = from[offset + places[i]];
        }
    }

    @Override
    public void apply(byte[] from, int offset, float[] into) {
        ByteValues.read(from, offset, places, into);
    }
}
