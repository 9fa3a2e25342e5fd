package sluice.framework.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import sluice.tasks.Examples;

/** Doubtful examples of the latest mini-batches, which are taught to nobody until it is clear whose they are. Mutable. */
final class WithheldExamples {
    /** Mini-batches that are looked back at. */
    static final int WINDOW = 20;

    /** So many examples say more than that there are outliers. */
    static final int LEAST = 32;

    /** Outliers may be so many times as frequent as they were. */
    private static final double TIMES = 3;

    private final Deque<MiniBatch> latest = new ArrayDeque<>();
    private long looked;
    private long outliers;

    /** Some of a mini-batch, and how well each fits a task that is known: not a number where nothing was known. */
    record Some(Examples examples, double[] fits) {
        private Some fittingNothing() {
            double[] unknown = new double[fits.length];
            Arrays.fill(unknown, Double.NaN);
            return new Some(examples, unknown);
        }
    }

    private static final class MiniBatch {
        private final int size;
        private final List<Some> strangers = new ArrayList<>();
        private final List<Some> shifted = new ArrayList<>();

        MiniBatch(int size) {
            this.size = size;
        }

        int count(boolean withShifted) {
            int count = strangers.stream().mapToInt(some -> some.fits().length).sum();
            return withShifted
                    ? count
                            + shifted.stream()
                                    .mapToInt(some -> some.fits().length)
                                    .sum()
                    : count;
        }
    }

    /** A mini-batch of so many examples comes. */
    void next(int size) {
        latest.addLast(new MiniBatch(size));
    }

    /** Withholds some of it. */
    void add(Some some, boolean shifted) {
        if (some.fits().length > 0) {
            (shifted ? latest.getLast().shifted : latest.getLast().strangers).add(some);
        }
    }

    /** What is no longer withheld because its mini-batch is not shifted any more. */
    List<Some> cleared() {
        List<Some> cleared = new ArrayList<>();
        for (MiniBatch batch : latest) {
            cleared.addAll(batch.shifted);
            batch.shifted.clear();
        }
        return cleared;
    }

    /** What is no longer withheld because it is old: outliers. */
    List<Some> aged() {
        List<Some> aged = new ArrayList<>();
        while (latest.size() > WINDOW) {
            MiniBatch oldest = latest.removeFirst();
            looked += oldest.size;
            outliers += oldest.count(true);
            aged.addAll(oldest.strangers);
            aged.addAll(oldest.shifted);
        }
        return aged;
    }

    /**
     * {@return the first examples of a task that is not known, if one has begun}
     *
     * @param withShifted whether whole mini-batches that are shifted say so
     */
    Optional<List<Some>> border(boolean withShifted) {
        double usual = looked == 0 ? 0 : TIMES * outliers / looked;
        int count = 0;
        double all = 0;
        List<Some> first = new ArrayList<>();
        for (var backwards = latest.descendingIterator(); backwards.hasNext(); ) {
            MiniBatch batch = backwards.next();
            count += batch.count(withShifted);
            all += batch.size;
            first.addAll(0, batch.shifted);
            first.addAll(0, batch.strangers);
            if (count >= LEAST + usual * all) {
                return Optional.of(first.stream().map(Some::fittingNothing).toList());
            }
        }
        return Optional.empty();
    }

    void clear() {
        latest.clear();
    }
}
