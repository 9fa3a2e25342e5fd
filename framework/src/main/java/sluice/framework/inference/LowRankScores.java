package sluice.framework.inference;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lanes;
import sluice.tasks.Examples;

/**
 * What normal densities of low rank say: of features that are divided by their deviations, a task's covariance is what it is along a few
 * directions, and one number in all others (probabilistic principal components, Tipping and Bishop 1999, section 3.2).
 *
 * @param scale of features
 * @param features of an example
 * @param tasks the density of each
 */
record LowRankScores(InputScale scale, int features, ImmutableList<Factors> tasks) implements SolvedDensity {
    /**
     * The density of a task.
     *
     * @param mean by feature
     * @param precision by feature, 1 over its deviation
     * @param directions [count * features], orthonormal
     * @param variances along each
     * @param residual variance in all other directions
     */
    record Factors(float[] mean, float[] precision, float[] directions, double[] variances, double residual) {
        /** The part of the log-likelihood that no example changes, up to a constant. */
        double constant() {
            double sum = (mean.length - variances.length) * Math.log(residual);
            for (double variance : variances) {
                sum += Math.log(variance);
            }
            for (float each : precision) {
                sum -= 2 * Math.log(each);
            }
            return -sum / 2;
        }

        /** The rest of it. */
        double fit(float[] row, float[] centred) {
            double outside = 0;
            for (int i = 0; i < row.length; i++) {
                centred[i] = (row[i] - mean[i]) * precision[i];
                outside += (double) centred[i] * centred[i];
            }
            double inside = 0;
            for (int k = 0; k < variances.length; k++) {
                double along = 0;
                for (int i = 0; i < row.length; i++) {
                    along += (double) directions[k * row.length + i] * centred[i];
                }
                inside += along * along / variances[k];
                outside -= along * along;
            }
            return -(inside + Math.max(0, outside) / residual) / 2;
        }

        long multiplyAdds() {
            return 2L * mean.length + directions.length;
        }
    }

    @Override
    public LowRankScores without(int place) {
        return new LowRankScores(
                scale,
                features,
                IntStream.range(0, tasks.size())
                        .filter(task -> task != place)
                        .mapToObj(tasks::get)
                        .collect(ImmutableList.toImmutableList()));
    }

    @Override
    public long score(Examples examples, int[] rows, Lanes lanes, double[][] into) {
        double[] constants = tasks.stream().mapToDouble(Factors::constant).toArray();
        long work =
                rows.length * tasks.stream().mapToLong(Factors::multiplyAdds).sum();
        lanes.run(
                lane -> {
                    float[] row = new float[features];
                    float[] centred = new float[features];
                    for (int r = lane.index(); r < rows.length; r += lane.count()) {
                        read(examples, rows[r], row);
                        for (int task = 0; task < constants.length; task++) {
                            into[r][task] = constants[task] + tasks.get(task).fit(row, centred);
                        }
                    }
                },
                work);
        return work;
    }

    @Override
    public double[] likelihoods(Examples examples, int[] rows, int[] ofTasks) {
        double[] constants = tasks.stream().mapToDouble(Factors::constant).toArray();
        float[] row = new float[features];
        float[] centred = new float[features];
        double[] all = new double[rows.length];
        for (int r = 0; r < rows.length; r++) {
            read(examples, rows[r], row);
            all[r] = constants[ofTasks[r]] + tasks.get(ofTasks[r]).fit(row, centred);
        }
        return all;
    }

    private void read(Examples examples, int index, float[] row) {
        examples.read(index, row);
        for (int i = 0; i < row.length; i++) {
            row[i] = scale.of(row[i]);
        }
    }
}
