package sluice.framework.internal.clock;

import java.util.Arrays;

/**
 * Wall-clock time of work that can be repeated: the median, over repetitions, of the mean over the runs of a repetition.
 * Several pieces of work take turns, so that whatever else the machine does meets them alike.
 */
public final class MedianTime {
    private static final long WARM_UP = 250_000_000L;
    private static final int LEAST_WARM_UP_RUNS = 2;
    private static final long REPETITION = 60_000_000L;
    private static final int REPETITIONS = 9;
    private static final long LONGEST = 10_000_000_000L;

    private MedianTime() {}

    /** Milliseconds that a run of the work takes. */
    public static double of(Runnable work) {
        return alternating(work)[0];
    }

    /** Milliseconds that a run of each takes, in their order. */
    public static double[] alternating(Runnable... works) {
        long[] runs = new long[works.length];
        for (int w = 0; w < works.length; w++) {
            runs[w] = runsPerRepetition(works[w]);
        }
        double[][] means = new double[works.length][REPETITIONS];
        long begun = System.nanoTime();
        int done = 0;
        while (done < REPETITIONS && (done == 0 || System.nanoTime() - begun < LONGEST)) {
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
    private static long runsPerRepetition(Runnable work) {
        long begun = System.nanoTime();
        long last = 0;
        for (int run = 0; run < LEAST_WARM_UP_RUNS || System.nanoTime() - begun < WARM_UP; run++) {
            long before = System.nanoTime();
            work.run();
            last = System.nanoTime() - before;
        }
        return Math.max(1, REPETITION / Math.max(1, last));
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
