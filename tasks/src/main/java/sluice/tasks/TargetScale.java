package sluice.tasks;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;

/**
 * How numbers that are to be predicted become what a network learns: less their mean, in standard deviations.
 *
 * @param mean in the target's own units, finite
 * @param deviation likewise, finite and above 0
 */
public record TargetScale(double mean, double deviation) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks the ranges. */
    public TargetScale {
        checkArgument(Double.isFinite(mean), "the mean must be finite, got %s", mean);
        checkArgument(
                deviation > 0 && Double.isFinite(deviation),
                "the deviation must be finite and above 0, got %s",
                deviation);
    }

    /**
     * {@return the scale of numbers to learn: their mean and population standard deviation, or 1 where all are equal}
     *
     * @param numbers finite, at least one
     * @throws IllegalArgumentException if there are none, or one is not finite, or they spread too far
     */
    public static TargetScale of(double[] numbers) {
        checkArgument(numbers.length >= 1, "there must be at least one target");
        for (int i = 0; i < numbers.length; i++) {
            checkFinite(numbers, i);
        }
        // around one of them, so that equal ones have exactly their value as mean
        double first = numbers[0];
        double mean = first
                + Arrays.stream(numbers)
                        .map(number -> (number - first) / numbers.length)
                        .sum();
        double largest = Arrays.stream(numbers)
                .map(number -> Math.abs(number - mean))
                .max()
                .orElseThrow();
        if (largest == 0) {
            return new TargetScale(mean, 1);
        }
        double squares = Arrays.stream(numbers)
                .map(number -> (number - mean) / largest)
                .map(part -> part * part)
                .sum();
        return new TargetScale(mean, largest * Math.sqrt(squares / numbers.length));
    }

    /**
     * {@return the scale}
     *
     * @param json of {@link #json}
     * @throws IllegalArgumentException if it is something else
     */
    public static TargetScale parse(String json) {
        try {
            return JSON.readValue(json, TargetScale.class);
        } catch (JsonProcessingException foreign) {
            throw new IllegalArgumentException("no scale of targets: " + json, foreign);
        }
    }

    /** {@return for {@link #parse}: the same bits} */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static void checkFinite(double[] numbers, int row) {
        double number = numbers[row];
        checkArgument(Double.isFinite(number), "target must be finite, got %s at row %s", (Object) number, row);
    }

    /**
     * {@return what a network learns}
     *
     * @param number in the target's own units
     */
    public float scaled(double number) {
        return (float) ((number - mean) / deviation);
    }

    /**
     * {@return in the target's own units}
     *
     * @param scaled what a network says
     */
    public double number(double scaled) {
        return mean + deviation * scaled;
    }

    /**
     * {@return in the target's own units}
     *
     * @param scaled what a network says, of any number of examples
     */
    public double[] numbers(float[] scaled) {
        double[] numbers = new double[scaled.length];
        Arrays.setAll(numbers, i -> number(scaled[i]));
        return numbers;
    }
}
