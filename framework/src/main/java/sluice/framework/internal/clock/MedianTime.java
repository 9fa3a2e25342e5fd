package sluice.framework.internal.clock;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

/**
 * Wall-clock time of work that can be repeated: the median, over repetitions, of the mean over the runs of a repetition.
 * Several pieces of work take turns, so that whatever else the machine does meets them alike.
 *
 * @param seconds that a piece of work is measured for, about, its warm-up among them; ten times as long at the most where a run
 *     takes that long; more than 0
 */
public record MedianTime(double seconds) {
    private static final double WARM_UP = 0.25e9;
    private static final int LEAST_WARM_UP_RUNS = 2;
    private static final double REPETITION = 0.06e9;
    private static final int REPETITIONS = 9;
    private static final double LONGEST = 10e9;

    /**
     * As the record says.
     *
     * @throws IllegalArgumentException if the seconds are not above 0
     */
    public MedianTime {
        checkArgument(seconds > 0, "seconds must be above 0, got %s", seconds);
    }

    /**
     * Measures one piece of work.
     *
     * @param work to repeat
     * @return milliseconds that a run takes
     */
    public double of(Runnable work) {
        return alternating(work)[0];
    }

    /**
     * Measures several, in turns.
     *
     * @param works to repeat
     * @return milliseconds that a run of each takes, in their order
     */
    public double[] alternating(Runnable... works) {
        long[] runs = new long[works.length];
        for (int w = 0; w < works.length; w++) {
            runs[w] = runsPerRepetition(works[w]);
        }
        double[][] means = new double[works.length][REPETITIONS];
        long begun = System.nanoTime();
        int done = 0;
        while (done < REPETITIONS && (done == 0 || System.nanoTime() - begun < seconds * LONGEST)) {
            for (int w = 0; w < works.length; w++) {
                means[w][done] = mean(works[w], runs[w]);
            }
            done++;
        }
        int repetitions = done;
        return Arrays.stream(means)
                .mapToDouble(ofWork -> median(Arrays.copyOf(ofWork, repetitions)))
                .toArray();
    }

    /** Warms up. */
    private long runsPerRepetition(Runnable work) {
        long begun = System.nanoTime();
        long last = 0;
        for (int run = 0; run < LEAST_WARM_UP_RUNS || System.nanoTime() - begun < seconds * WARM_UP; run++) {
            long before = System.nanoTime();
            work.run();
            last = System.nanoTime() - before;
        }
        return Math.max(1, (long) (seconds * REPETITION) / Math.max(1, last));
    }

    private static double mean(Runnable work, long runs) {
        long before = System.nanoTime();
        for (long run = 0; run < runs; run++) {
            work.run();
        }
        return (System.nanoTime() - before) / 1e6 / runs;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
