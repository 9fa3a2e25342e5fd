package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Numbers that are to be predicted, one per example.
 *
 * @param numbers in their own units
 * @param scaled the same, as a network learns them
 * @param scale from the ones to the others
 */
record Targets(double[] numbers, float[] scaled, TargetScale scale) {
    static Targets of(double[] numbers, TargetScale scale) {
        float[] scaled = new float[numbers.length];
        for (int i = 0; i < scaled.length; i++) {
            TargetScale.checkFinite(numbers, i);
            scaled[i] = scale.scaled(numbers[i]);
            checkArgument(
                    Float.isFinite(scaled[i]),
                    "target %s at row %s is too far from the scale of %s",
                    (Object) numbers[i],
                    i,
                    scale);
        }
        return new Targets(numbers.clone(), scaled, scale);
    }

    Targets select(int[] indices) {
        double[] chosen = Arrays.stream(indices).mapToDouble(i -> numbers[i]).toArray();
        float[] chosenScaled = new float[indices.length];
        IntStream.range(0, indices.length).forEach(i -> chosenScaled[i] = scaled[indices[i]]);
        return new Targets(chosen, chosenScaled, scale);
    }
}
