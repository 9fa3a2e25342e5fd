package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How raw features become the network's inputs: {@code x' = (x - shift) * scale}, the same for every feature. It
 * belongs to the model, so that raw inputs mean the same on another day.
 *
 * @param shift what is subtracted, in raw units; finite
 * @param scale what the difference is multiplied by; finite and not 0
 */
public record Normalisation(float shift, float scale) {
    /** Raw values as they are. */
    public static final Normalisation NONE = new Normalisation(0, 1);

    /** Pixels 0 to 255 become 0 to 1. */
    public static final Normalisation UNIT_PIXELS = new Normalisation(0, 1 / 255f);

    /** Checks the ranges. */
    public Normalisation {
        checkArgument(Float.isFinite(shift), "shift must be finite, got %s", shift);
        checkArgument(Float.isFinite(scale) && scale != 0, "scale must be finite and not 0, got %s", scale);
    }

    /**
     * Zero mean and unit deviation.
     *
     * @param mean mean of the raw values
     * @param deviation their standard deviation, above 0
     * @return the normalisation {@code (x - mean) / deviation}
     */
    public static Normalisation standard(float mean, float deviation) {
        checkArgument(deviation > 0, "deviation must be above 0, got %s", deviation);
        return new Normalisation(mean, 1 / deviation);
    }

    /**
     * Normalises features in place.
     *
     * @param features raw
     */
    public void apply(float[] features) {
        for (int i = 0; i < features.length; i++) {
            features[i] = (features[i] - shift) * scale;
        }
    }
}
