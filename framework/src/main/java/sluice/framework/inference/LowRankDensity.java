package sluice.framework.inference;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.state.State;
import sluice.tasks.Task;

/**
 * A normal density per task, whose covariance is of low rank beside its diagonal. What features do together is summed up while a task is the
 * newest, and only the directions in which it is the largest are kept.
 */
final class LowRankDensity extends DensityPerTask {
    /** The sums of a task have the square of it. */
    static final int MOST_FEATURES = 2048;

    private static final int RANK = 12;

    /** Of the mean variance of the first task's features: what every variance is raised by. */
    private static final double FLOOR = 0.01;

    /** Least variance in any direction of features that are divided by their deviations. */
    private static final double LEAST = 1e-3;

    private final int features;
    private final List<LowRankScores.Factors> tasks = new ArrayList<>();
    private Optional<SecondMoments> newest = Optional.empty();
    private int placeOfNewest;
    private InputScale scale = new InputScale(0, 1);
    private double floor;

    LowRankDensity(int features, Lanes lanes) {
        super(lanes);
        this.features = features;
    }

    @Override
    public String word() {
        return "low-rank";
    }

    @Override
    public void add(int place, Task task, int[] rows) {
        if (newest.isEmpty() || place != placeOfNewest) {
            newest = Optional.of(new SecondMoments(features));
            placeOfNewest = place;
        }
        if (place == 0 && tasks.isEmpty()) {
            scale = InputScale.of(task.train(), rows);
        }
        newest.orElseThrow().add(task.train(), rows, scale, lanes);
    }

    @Override
    public void solve() {
        newest.ifPresent(moments -> {
            if (floor == 0) {
                double mean = moments.meanVariance();
                floor = mean > 0 ? FLOOR * mean : 1;
            }
            LowRankScores.Factors factors = factors(moments);
            if (placeOfNewest == tasks.size()) {
                tasks.add(factors);
            } else {
                tasks.set(placeOfNewest, factors);
            }
        });
        changed();
    }

    private LowRankScores.Factors factors(SecondMoments moments) {
        double[] covariance = moments.covariance();
        float[] precision = new float[features];
        for (int i = 0; i < features; i++) {
            precision[i] = (float) (1 / Math.sqrt(covariance[i * features + i] + floor));
        }
        for (int i = 0; i < features; i++) {
            for (int j = 0; j < features; j++) {
                covariance[i * features + j] *= (double) precision[i] * precision[j];
            }
            // with the floor
            covariance[i * features + i] = 1;
        }
        int rank = (int) Math.min(Math.min(RANK, features - 1), Math.max(0, moments.count() - 1));
        PrincipalDirections found = PrincipalDirections.of(covariance, features, rank);
        int count = found.variances().length;
        float[] directions = new float[count * features];
        double[] variances = new double[count];
        double residual = features;
        for (int k = 0; k < count; k++) {
            variances[k] = Math.max(LEAST, found.variances()[k]);
            residual -= found.variances()[k];
            for (int i = 0; i < features; i++) {
                directions[k * features + i] = (float) found.directions()[k][i];
            }
        }
        return new LowRankScores.Factors(
                moments.mean(), precision, directions, variances, Math.max(LEAST, residual / (features - count)));
    }

    @Override
    LowRankScores scores() {
        return new LowRankScores(scale, features, ImmutableList.copyOf(tasks));
    }

    @Override
    public long bytes() {
        return tasks.stream()
                .mapToLong(task -> Float.BYTES * (2L * features + task.directions().length)
                        + Double.BYTES * (task.variances().length + 1L))
                .sum();
    }

    @Override
    public void state(State state, int count) {
        float[] range = {scale.shift(), scale.factor()};
        state.floats("scale", range);
        scale = new InputScale(range[0], range[1]);
        floor = state.number("floor", floor);
        for (int task = 0; task < count; task++) {
            LowRankScores.Factors of = task < tasks.size() ? tasks.get(task) : none();
            int rank = state.count("rank-" + task, of.variances().length);
            if (state.restores()) {
                of = new LowRankScores.Factors(
                        of.mean(), of.precision(), new float[rank * features], new double[rank], 1);
            }
            state.floats("mean-" + task, of.mean());
            state.floats("precision-" + task, of.precision());
            state.floats("directions-" + task, of.directions());
            state.doubles("variances-" + task, of.variances());
            double residual = state.number("residual-" + task, of.residual());
            if (state.restores()) {
                tasks.add(new LowRankScores.Factors(
                        of.mean(), of.precision(), of.directions(), of.variances(), residual));
            }
        }
    }

    private LowRankScores.Factors none() {
        return new LowRankScores.Factors(new float[features], new float[features], new float[0], new double[0], 1);
    }
}
