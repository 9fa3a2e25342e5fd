package sluice.framework.layer;

import java.util.Arrays;

/**
 * What a task has of a layer's units for itself, beside their gates: as many numbers of each unit as the layer's
 * normalisation has. They move while the task trains, and never afterwards.
 *
 * @param values by what they are, then by unit; not copied
 */
public record TaskParameters(float[][] values) {
    /** Of a layer that leaves a task nothing. */
    public static final TaskParameters NONE = new TaskParameters(new float[0][]);

    /** How many numbers there are of each unit. */
    public int perUnit() {
        return values.length;
    }

    /** How many numbers there are in all. */
    public long count() {
        return Arrays.stream(values).mapToLong(each -> each.length).sum();
    }

    /**
     * A copy of what there is of some units, in their order.
     *
     * @param units places of these here
     */
    public TaskParameters over(int[] units) {
        float[][] kept = new float[values.length][units.length];
        for (int number = 0; number < values.length; number++) {
            for (int k = 0; k < units.length; k++) {
                kept[number][k] = values[number][units[k]];
            }
        }
        return new TaskParameters(kept);
    }
}
