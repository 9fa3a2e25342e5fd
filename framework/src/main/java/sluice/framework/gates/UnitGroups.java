package sluice.framework.gates;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sluice.gating.Probe;
import sluice.gating.UnitSet;

/**
 * The units of a layer in groups of neighbours, as equal in size as can be, of which exactly one group is open. A group
 * has one gate; its units share the gate's value, and their gradients add up to its gradient.
 *
 * <p>Outside of training, gate logits are kept by unit, above 0 where open: a group's is then how far its own logit lies
 * above the largest of the others.
 */
public final class UnitGroups {
    private final int[] starts;

    /**
     * Groups of neighbouring units.
     *
     * @param units of the layer
     * @param groups of equal size, as far as they divide
     */
    public UnitGroups(int units, int groups) {
        starts = new int[groups + 1];
        for (int g = 0; g <= groups; g++) {
            starts[g] = (int) ((long) units * g / groups);
        }
    }

    int count() {
        return starts.length - 1;
    }

    private int units() {
        return starts[count()];
    }

    /** Initial logits by unit. */
    static double[] initial(int units, int groups, double spread, RandomGenerator random) {
        double[] logits = new double[groups];
        Arrays.setAll(logits, g -> spread * random.nextGaussian());
        double[] byUnit = new double[units];
        new UnitGroups(units, groups).writeMargins(logits, byUnit);
        return byUnit;
    }

    /** Logits by group that have these margins. */
    public double[] logits(double[] byUnit) {
        double[] logits = new double[count()];
        Arrays.setAll(logits, g -> Math.min(0, byUnit[starts[g]]));
        return logits;
    }

    /** By unit, how far its group's logit lies above the largest of the others. */
    public void writeMargins(double[] logits, double[] byUnit) {
        for (int g = 0; g < count(); g++) {
            double others = Double.NEGATIVE_INFINITY;
            for (int other = 0; other < count(); other++) {
                others = other == g ? others : Math.max(others, logits[other]);
            }
            Arrays.fill(byUnit, starts[g], starts[g + 1], logits[g] - others);
        }
    }

    /** By unit, the probability that its group is the open one. */
    public double[] probabilities(double[] byUnit, double slope) {
        double[] powers = Arrays.stream(logits(byUnit))
                .map(logit -> Math.exp(slope * logit))
                .toArray();
        double partition = Arrays.stream(powers).sum();
        double[] probabilities = new double[byUnit.length];
        for (int g = 0; g < count(); g++) {
            Arrays.fill(probabilities, starts[g], starts[g + 1], powers[g] / partition);
        }
        return probabilities;
    }

    /** Per group, its units that are not members of a set. */
    public int[] outside(UnitSet set) {
        int[] counts = new int[count()];
        for (int g = 0; g < count(); g++) {
            for (int unit = starts[g]; unit < starts[g + 1]; unit++) {
                counts[g] += set.contains(unit) ? 0 : 1;
            }
        }
        return counts;
    }

    /** From the gates of a probe [rows, groups] to those of units [rows, units]. */
    public void spread(Probe probe, double[] byUnit) {
        for (int row = 0; row < probe.rows(); row++) {
            for (int g = 0; g < count(); g++) {
                int from = row * units() + starts[g];
                Arrays.fill(byUnit, from, from + starts[g + 1] - starts[g], probe.gates()[row * count() + g]);
            }
        }
    }

    /** From the gradient at the gates of units to that at the gates of a probe; closed groups may be without an answer. */
    public void gather(double[] byUnit, Probe probe) {
        for (int row = 0; row < probe.rows(); row++) {
            for (int g = 0; g < count(); g++) {
                int gate = row * count() + g;
                double sum = 0;
                if (probe.needsClosedUpstream() || probe.gates()[gate] != 0) {
                    for (int unit = starts[g]; unit < starts[g + 1]; unit++) {
                        sum += byUnit[row * units() + unit];
                    }
                }
                probe.upstream()[gate] = sum;
            }
        }
    }
}
