package sluice.framework.plain;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.Optimizer;

/**
 * An optimiser with its moments for some entries of a flat array. The other entries are never given to the rule: no
 * momentum, no moment and no weight decay can reach them, whatever their gradient. One owner.
 */
public final class EntryOptimizer {
    private final Optimizer rule;
    private final double largestNorm;
    private final int[] entries;
    private final float[] parameters;
    private final float[] gradient;
    private final FlatOptimizer optimizer;

    /**
     * An optimiser of chosen entries.
     *
     * @param rule how entries move
     * @param largestNorm what the norm of their gradient is scaled down to, above 0; infinity for no bound
     * @param entries which ones, ascending; kept, not copied
     */
    public EntryOptimizer(Optimizer rule, double largestNorm, int[] entries) {
        for (int e = 1; e < entries.length; e++) {
            checkArgument(
                    entries[e] > entries[e - 1], "entries must ascend, got %s after %s", entries[e], entries[e - 1]);
        }
        this.rule = rule;
        this.largestNorm = largestNorm;
        this.entries = entries;
        this.parameters = new float[entries.length];
        this.gradient = new float[entries.length];
        this.optimizer = new FlatOptimizer(rule, largestNorm, entries.length);
    }

    /**
     * The same for some of the entries, which keep their moments; this one is done with.
     *
     * @param fewer of the entries, ascending; kept, not copied
     * @return an optimiser that goes on
     */
    public EntryOptimizer narrowed(int[] fewer) {
        EntryOptimizer narrowed = new EntryOptimizer(rule, largestNorm, fewer);
        int[] places = new int[fewer.length];
        for (int f = 0; f < fewer.length; f++) {
            places[f] = Arrays.binarySearch(entries, fewer[f]);
            checkArgument(places[f] >= 0, "%s is none of the entries", fewer[f]);
        }
        narrowed.optimizer.takeOver(optimizer, places);
        return narrowed;
    }

    /**
     * Tells moments and steps.
     *
     * @param state keeps them, or gives what was kept
     */
    public void state(State state) {
        optimizer.state(state);
    }

    /**
     * Moves the entries by one step.
     *
     * @param all parameters; of them the entries are overwritten
     * @param gradients of the same length
     * @param factor what the learning rate is multiplied by, above 0
     */
    public void step(float[] all, float[] gradients, double factor) {
        for (int e = 0; e < entries.length; e++) {
            int i = entries[e];
            parameters[e] = all[i];
            gradient[e] = gradients[i];
        }
        optimizer.step(parameters, gradient, factor);
        for (int e = 0; e < entries.length; e++) {
            all[entries[e]] = parameters[e];
        }
    }
}
