package sluice.framework.result;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Which pass over a task's training examples was kept, as held-out examples chose it.
 *
 * @param pass that is kept, from 1
 * @param trained passes that were trained, at least as many
 * @param most passes that would have been trained at the most
 * @param score after the pass that is kept
 */
public record ChosenPass(int pass, int trained, int most, ValidationScore score) {
    /** Checks the order. */
    public ChosenPass {
        checkArgument(
                1 <= pass && pass <= trained && trained <= most,
                "passes must be 1 <= kept <= trained <= most, got %s, %s, %s",
                pass,
                trained,
                most);
    }

    /** {@return whether training might have found better in more passes: it ended by its length, and not for lack of progress} */
    public boolean endedByLength() {
        return trained == most;
    }
}
