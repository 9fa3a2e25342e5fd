package sluice.framework.layer.normalisation;

import java.util.Arrays;
import sluice.framework.internal.layer.PreActivation;
import sluice.framework.internal.layer.StepUnits;
import sluice.framework.layer.TaskParameters;
import sluice.framework.layer.UnitNormalisation;
import sluice.framework.predict.internal.layer.BatchScale;

/**
 * Batch normalisation (Ioffe and Szegedy 2015), {@code gamma * (z - mean) / sqrt(variance + epsilon) + beta}, all four of
 * which belong to a task: whatever later tasks normalise, that of an earlier one stays as it was. A task starts with gamma
 * 1, beta 0, running mean 0 and running variance 1.
 */
record BatchNormalisation() implements UnitNormalisation {
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
        return BatchScale.factor(own.values()[GAMMA][unit], own.values()[VARIANCE][unit]);
    }

    @Override
    public float bias(TaskParameters own, int unit, float ofLayer) {
        float[][] values = own.values();
        return BatchScale.bias(values[GAMMA][unit], values[BETA][unit], values[MEAN][unit], values[VARIANCE][unit]);
    }

    /** One by the standard deviation. */
    static double rate(double variance) {
        return BatchScale.rate(variance);
    }
}
