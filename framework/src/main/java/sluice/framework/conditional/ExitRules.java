package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.primitives.Doubles;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Chooses rules on held-out examples: for each price of a multiply-add in errors the thresholds that cost the least, by
 * descent over one threshold at a time; of these the ones that no other beats in both. What counts is the mean of errors, of which there
 * are few, and of the probability that heads leave to wrong classes.
 */
final class ExitRules {
    /** Prices, from one at which nothing but work counts to one at which nothing but errors does. */
    private static final int PRICES = 160;

    /** Thresholds that are tried at an exit: so that equal numbers of examples lie between them. */
    private static final int LEVELS = 100;

    /** Between two rules that prices found. */
    private static final int STEPS = 8;

    private static final int MOST_ROUNDS = 20;

    private final ExitTable table;
    private final double[][] levels;
    private final SortedMap<Double, Candidate> found = new TreeMap<>();

    private ExitRules(ExitTable table) {
        this.table = table;
        this.levels = IntStream.range(0, table.exits() - 1)
                .mapToObj(exit -> levels(table.margins()[exit]))
                .toArray(double[][]::new);
    }

    private record Candidate(double[] thresholds, double loss) {}

    /** The rules that are not beaten, by the mean multiply-adds that they take, rounded up. */
    static ImmutableSortedMap<Long, ExitRule> of(ExitTable table) {
        ExitRules rules = new ExitRules(table);
        rules.search();
        rules.fillGaps();
        return rules.unbeaten();
    }

    private static double[] levels(float[] margins) {
        float[] sorted = margins.clone();
        Arrays.sort(sorted);
        double[] levels = new double[LEVELS + 2];
        for (int k = 1; k <= LEVELS; k++) {
            // more of them where few go on, which is where most is won
            double share = Math.pow((double) k / LEVELS, 2);
            levels[k] = sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
        }
        levels[LEVELS + 1] = ExitRule.ALL_GO_ON;
        return levels;
    }

    private void search() {
        double[] thresholds = new double[table.exits() - 1];
        consider(thresholds);
        Arrays.fill(thresholds, ExitRule.ALL_GO_ON);
        consider(thresholds);
        double most =
                LongStream.of(table.multiplyAdds()[table.exits() - 1]).max().orElse(1);
        for (int k = 0; k < PRICES; k++) {
            // errors per example that a pass through the whole network is worth
            double price = Math.pow(10, 1 - 6.0 * k / (PRICES - 1));
            descend(thresholds, price * table.examples() / most);
        }
    }

    /** Prices find corners alone: budgets between two far from each other are spent by thresholds between theirs. */
    private void fillGaps() {
        Map.Entry<Double, Candidate> below = null;
        for (Map.Entry<Double, Candidate> above : ImmutableList.copyOf(found.entrySet())) {
            for (int step = 1; below != null && step < STEPS; step++) {
                consider(between(below.getValue().thresholds(), above.getValue().thresholds(), (double) step / STEPS));
            }
            below = above;
        }
    }

    /** Of each exit, the threshold at which so large a part of what lies between the two goes on. */
    private double[] between(double[] low, double[] high, double share) {
        double[] thresholds = new double[low.length];
        for (int exit = 0; exit < low.length; exit++) {
            double[] at = levels[exit];
            int from = Arrays.binarySearch(at, low[exit]);
            int to = Arrays.binarySearch(at, high[exit]);
            int between = (int) Math.round(Math.max(0, from) + share * (Math.max(0, to) - Math.max(0, from)));
            thresholds[exit] = at[between];
        }
        return thresholds;
    }

    /** From where the price before ended. */
    private void descend(double[] thresholds, double price) {
        double least = cost(thresholds, price);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double before = least;
            for (int exit = 0; exit < thresholds.length; exit++) {
                double best = thresholds[exit];
                for (double level : levels[exit]) {
                    thresholds[exit] = level;
                    double cost = cost(thresholds, price);
                    if (cost < least) {
                        least = cost;
                        best = level;
                    }
                }
                thresholds[exit] = best;
            }
            if (least >= before) {
                break;
            }
        }
        consider(thresholds);
    }

    private double cost(double[] thresholds, double price) {
        ExitTable.Outcome outcome = table.under(thresholds);
        return outcome.loss() + price * outcome.multiplyAdds();
    }

    private void consider(double[] thresholds) {
        ExitTable.Outcome outcome = table.under(thresholds);
        found.merge(
                outcome.multiplyAdds(),
                new Candidate(thresholds.clone(), outcome.loss()),
                (one, other) -> one.loss() <= other.loss() ? one : other);
    }

    private ImmutableSortedMap<Long, ExitRule> unbeaten() {
        TreeMap<Long, ExitRule> rules = new TreeMap<>();
        double least = Double.POSITIVE_INFINITY;
        for (Map.Entry<Double, Candidate> each : found.entrySet()) {
            if (each.getValue().loss() < least) {
                least = each.getValue().loss();
                rules.put(
                        (long) Math.ceil(each.getKey()),
                        new ExitRule(ImmutableList.copyOf(
                                Doubles.asList(each.getValue().thresholds()))));
            }
        }
        return ImmutableSortedMap.copyOf(rules);
    }
}
