package sluice.framework.gates;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import sluice.gating.GateModel;

/** How likely the gates of a layer are open at the end of a task's training, by unit. */
public final class GateProbabilities {
    /** Gates with an open probability between this and 1 less this are undecided. */
    public static final double UNDECIDED = 0.05;

    private static final int BINS = 10;

    private final double[] byUnit;

    /**
     * @param byUnit in [0, 1]; not copied
     */
    GateProbabilities(double[] byUnit) {
        this.byUnit = byUnit;
    }

    /**
     * {@return their open probabilities}
     *
     * @param model of independent gates
     * @param logits by unit
     * @param slope of the gates
     */
    public static GateProbabilities of(GateModel model, double[] logits, double slope) {
        return new GateProbabilities(
                Arrays.stream(logits).map(logit -> model.activity(logit, slope)).toArray());
    }

    /** {@return how many gates there are, and how many of them are undecided} */
    public ConsolidatedTask.GateCount count() {
        int undecided = (int) Arrays.stream(byUnit)
                .filter(p -> p > UNDECIDED && p < 1 - UNDECIDED)
                .count();
        return new ConsolidatedTask.GateCount(byUnit.length, undecided);
    }

    /** {@return how many are in [0, 0.1), [0.1, 0.2), ..., [0.9, 1]} */
    public ImmutableList<Integer> histogram() {
        Integer[] counts = new Integer[BINS];
        Arrays.fill(counts, 0);
        for (double p : byUnit) {
            counts[(int) Math.min(BINS - 1, p * BINS)]++;
        }
        return ImmutableList.copyOf(counts);
    }
}
