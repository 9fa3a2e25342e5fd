package sluice.framework.layer.normalisation;

import java.util.Arrays;
import sluice.framework.internal.layer.PreActivation;
import sluice.framework.internal.layer.StepUnits;
import sluice.framework.layer.TaskParameters;
import sluice.framework.layer.UnitNormalisation;

/**
 * Batch normalisation (Ioffe and Szegedy 2015), {@code gamma * (z - mean) / sqrt(variance + epsilon) + beta}, all four of
 * which belong to a task: whatever later tasks normalise, that of an earlier one stays as it was. A task starts with gamma
 * 1, beta 0, running mean 0 and running variance 1.
 */
record BatchNormalisation() implements UnitNormalisation {
    /** Added to variances. */
    static final double EPSILON = 1e-5;

    /** What a mini-batch's mean and variance weigh in the running ones. */
    static final double MOMENTUM = 0.1;

    static final int GAMMA = 0;
    static final int BETA = 1;
    static final int MEAN = 2;
    static final int VARIANCE = 3;
    private static final int NUMBERS = 4;

    @Override
    public String word() {
        return "batch";
    }

    @Override
    public TaskParameters initial(int units) {
        float[][] values = new float[NUMBERS][units];
        Arrays.fill(values[GAMMA], 1);
        Arrays.fill(values[VARIANCE], 1);
        return new TaskParameters(values);
    }

    @Override
    public PreActivation step(StepUnits units) {
        return new BatchNormalisationStep(units);
    }

    @Override
    public float factor(TaskParameters own, int unit) {
        return (float) scale(own.values(), unit);
    }

    @Override
    public float bias(TaskParameters own, int unit, float ofLayer) {
        return (float) (own.values()[BETA][unit] - scale(own.values(), unit) * own.values()[MEAN][unit]);
    }

    private static double scale(float[][] own, int unit) {
        return own[GAMMA][unit] * rate(own[VARIANCE][unit]);
    }

    /** One by the standard deviation. */
    static double rate(double variance) {
        return 1 / Math.sqrt(variance + EPSILON);
    }
}
