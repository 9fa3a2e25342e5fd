package sluice.framework.cli;

import com.google.common.base.Stopwatch;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** How far the training of a task is. Mutable. */
final class StepProgress {
    private final long steps;
    private final String lossPattern;
    private final Stopwatch watch = Stopwatch.createStarted();
    private long done;
    private int epoch;
    private double loss = Double.NaN;
    private double accuracy = Double.NaN;

    /** A training of so many steps, which begins now. */
    StepProgress(long steps) {
        this(steps, " loss %.3g");
    }

    private StepProgress(long steps, String lossPattern) {
        this.steps = steps;
        this.lossPattern = lossPattern;
    }

    /** A training of a network that generates. */
    static StepProgress ofBounds(long steps) {
        return new StepProgress(steps, " %.4g nats");
    }

    /**
     * A step is done.
     *
     * @param lossOfStep NaN where nothing descends a loss
     * @param accuracyOfStep share of the batch answered right before the step, NaN where it is not known
     */
    void step(int epochOfStep, double lossOfStep, double accuracyOfStep) {
        done++;
        epoch = epochOfStep;
        loss = lossOfStep;
        accuracy = accuracyOfStep;
    }

    long done() {
        return done;
    }

    long steps() {
        return steps;
    }

    int epoch() {
        return epoch;
    }

    /** Of the last step; empty where it is not known. */
    OptionalDouble loss() {
        return known(loss);
    }

    /** Of the last step's batch, before the step; empty where it is not known. */
    OptionalDouble accuracy() {
        return known(accuracy);
    }

    private static OptionalDouble known(double value) {
        return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    /** Seconds that the steps left will take, if they take as long as those done. */
    OptionalDouble secondsLeft() {
        return done == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(watch.elapsed(TimeUnit.NANOSECONDS) / 1e9 / done * Math.max(0, steps - done));
    }

    /** What stands beside a bar. */
    String text() {
        return "epoch " + epoch + figure(lossPattern, loss()) + figure(" acc %.3g", accuracy());
    }

    private static String figure(String pattern, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, pattern, value.getAsDouble()) : "";
    }
}
