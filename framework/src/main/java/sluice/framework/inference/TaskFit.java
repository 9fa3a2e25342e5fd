package sluice.framework.inference;

import java.util.Arrays;

/** How well the latest of a task's own examples fitted it before they were added to its sums: numbers, and no example. Mutable. */
final class TaskFit {
    /** So many are looked back at. */
    private static final int ROOM = 1024;

    /** So many say what is usual. */
    static final int ENOUGH = 64;

    private static final double LOW = 0.1;

    /** How many deviations a tenth of normal numbers lies below their mean. */
    private static final double LOW_DEVIATIONS = 1.2815515655446004;

    /** What fits a task, of which no example was ever compared with it: everything. */
    private static final double ANYTHING = -1e30;

    /** So many mini-batches say how far one usually is from the task's mean. */
    private static final int ENOUGH_DEPARTURES = 8;

    /** It departs that is so many times as far, ... */
    private static final double TIMES = 2;

    /** ... and by so many deviations further. */
    private static final double DEVIATIONS = 8;

    private double[] latest = new double[ROOM];
    private long count;
    private boolean changed;
    private double median;
    private double deviation;
    private double[] quantiles = {};
    private int departures;
    private double meanDeparture;
    private double squaredDepartures;

    void add(double likelihood) {
        latest[(int) (count % ROOM)] = likelihood;
        count++;
        changed = true;
    }

    /** Whether what is usual is known. */
    boolean isEnough() {
        return count >= ENOUGH;
    }

    /** By how many deviations an example fits better than usual; 0 where that is not known. Outliers among the latest hardly move it. */
    double deviations(double likelihood) {
        if (!isEnough()) {
            return 0;
        }
        if (changed) {
            double[] sorted = sorted();
            median = sorted[sorted.length / 2];
            deviation = Math.max((median - sorted[(int) (LOW * sorted.length)]) / LOW_DEVIATIONS, Double.MIN_NORMAL);
            changed = false;
        }
        return (likelihood - median) / deviation;
    }

    /** Whether a mini-batch is further from the mean of the task than its own were; false where too few were there. */
    boolean departs(double departure) {
        double spread = Math.sqrt(squaredDepartures / Math.max(1, departures));
        return departures >= ENOUGH_DEPARTURES
                && departure > TIMES * meanDeparture
                && departure > meanDeparture + DEVIATIONS * spread;
    }

    /** A mini-batch of its own is so far from its mean. */
    void addDeparture(double departure) {
        departures++;
        double before = departure - meanDeparture;
        meanDeparture += before / departures;
        squaredDepartures += before * (departure - meanDeparture);
    }

    private double[] sorted() {
        double[] sorted = Arrays.copyOf(latest, (int) Math.min(count, ROOM));
        Arrays.sort(sorted);
        return sorted;
    }

    /** The task is learned: no more is added. */
    void close() {
        deviations(0);
        quantiles = quantiles();
        latest = new double[0];
    }

    /** How well examples fit the task, ascending. */
    double[] quantiles() {
        if (quantiles.length > 0) {
            return quantiles;
        }
        double[] kept = new double[HeldOutScores.QUANTILES];
        double[] sorted = sorted();
        for (int q = 0; q < kept.length; q++) {
            kept[q] = sorted.length == 0
                    ? ANYTHING
                    : sorted[(int) Math.round(q * (sorted.length - 1.0) / (kept.length - 1))];
        }
        return kept;
    }
}
