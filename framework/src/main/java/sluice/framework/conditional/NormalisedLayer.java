package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.state.State;
import sluice.framework.optimizer.ParameterUpdate;

/**
 * A hidden layer in training: {@code relu(g (Wx - mean) / deviation + b + noise)}, mean and deviation those of the mini-batch
 * (Ioffe and Szegedy 2015, algorithm 1). Owns the buffers of its step.
 */
final class NormalisedLayer implements PartLayer {
    /** What a batch's statistics weigh in the running ones, once so many have been seen that they weigh no more. */
    private static final float MOMENTUM = 0.05f;

    private static final float LEAST_VARIANCE = 1e-5f;

    private final UnitsMap map;
    private final int units;
    private final float noise;
    private final NativeMatrix values;
    private final NativeMatrix gradients;
    private final Units out;
    private final float[] gains;
    private final float[] shifts;
    private final float[] gainGradient;
    private final float[] shiftGradient;
    private final float[][] gainMoments;
    private final float[][] shiftMoments;
    private final float[] runningMean;
    private final float[] runningVariance;
    private final float[] mean;
    private final float[] variance;
    private final float[] factor;
    private final float[] row;
    /** Row by row, so that every loop begins at an array's beginning. */
    private final float[][] normalised;

    private final float[][] outputs;
    private int batches;

    /**
     * @param gated whether some units below may not be computed
     * @param rows most examples
     * @param running moments per parameter
     */
    NormalisedLayer(int inputs, boolean gated, ExitLayer layer, int rows, int running, RandomGenerator random) {
        this.units = layer.units();
        this.noise = (float) layer.noise();
        this.map = new UnitsMap(inputs, units, gated, rows, running, random);
        this.values = NativeMatrix.allocate(rows, units);
        this.gradients = NativeMatrix.allocate(rows, units);
        this.out = map.outputs(values, gradients);
        this.gains = new float[units];
        Arrays.fill(gains, 1);
        this.shifts = new float[units];
        this.gainGradient = new float[units];
        this.shiftGradient = new float[units];
        this.gainMoments = new float[running][units];
        this.shiftMoments = new float[running][units];
        this.runningMean = new float[units];
        this.runningVariance = new float[units];
        Arrays.fill(runningVariance, 1);
        this.mean = new float[units];
        this.variance = new float[units];
        this.factor = new float[units];
        this.row = new float[units];
        this.normalised = new float[rows][units];
        this.outputs = new float[rows][units];
    }

    /** What the way back leaves at the gradients has no meaning. */
    @Override
    public Units units() {
        return out;
    }

    @Override
    public void clearGradients(int rows) {
        Arrays.fill(row, 0);
        for (int r = 0; r < rows; r++) {
            gradients.put(r, 0, row, 0, units);
        }
    }

    /** By the statistics of these rows. */
    @Override
    public void forward(Lane lane, Units x, int rows, RandomGenerator random, boolean counts) {
        map.forward(lane, x, out, rows);
        for (int r = 0; r < rows; r++) {
            values.get(r, 0, normalised[r], 0, units);
        }
        takeStatistics(rows);
        if (counts && rows > 1) {
            moveRunning((float) rows / (rows - 1));
        }
        for (int r = 0; r < rows; r++) {
            float[] hat = normalised[r];
            float[] out = outputs[r];
            for (int j = 0; j < units; j++) {
                hat[j] = (hat[j] - mean[j]) * factor[j];
            }
            for (int j = 0; j < units; j++) {
                out[j] = gains[j] * hat[j] + shifts[j];
            }
            for (int j = 0; j < units && noise > 0; j++) {
                out[j] += noise * (float) random.nextGaussian();
            }
            for (int j = 0; j < units; j++) {
                out[j] = Math.max(0, out[j]);
            }
            values.put(r, 0, out, 0, units);
        }
    }

    private void takeStatistics(int rows) {
        Arrays.fill(mean, 0);
        for (int r = 0; r < rows; r++) {
            float[] products = normalised[r];
            for (int j = 0; j < units; j++) {
                mean[j] += products[j];
            }
        }
        Arrays.fill(variance, 0);
        for (int j = 0; j < units; j++) {
            mean[j] /= rows;
        }
        for (int r = 0; r < rows; r++) {
            float[] products = normalised[r];
            for (int j = 0; j < units; j++) {
                float difference = products[j] - mean[j];
                variance[j] += difference * difference;
            }
        }
        for (int j = 0; j < units; j++) {
            variance[j] /= rows;
            factor[j] = (float) (1 / Math.sqrt(variance[j] + LEAST_VARIANCE));
        }
    }

    /** A batch of one has no variance: then running statistics rest. */
    private void moveRunning(float ofSample) {
        batches++;
        float weight = Math.max(MOMENTUM, 1f / batches);
        for (int j = 0; j < units; j++) {
            runningMean[j] += weight * (mean[j] - runningMean[j]);
            runningVariance[j] += weight * (ofSample * variance[j] - runningVariance[j]);
        }
    }

    @Override
    public void backward(Lane lane, Units x, int rows) {
        Arrays.fill(gainGradient, 0);
        Arrays.fill(shiftGradient, 0);
        for (int r = 0; r < rows; r++) {
            gradients.get(r, 0, row, 0, units);
            float[] hat = normalised[r];
            float[] out = outputs[r];
            for (int j = 0; j < units; j++) {
                out[j] = out[j] > 0 ? row[j] : 0;
            }
            for (int j = 0; j < units; j++) {
                shiftGradient[j] += out[j];
            }
            for (int j = 0; j < units; j++) {
                gainGradient[j] += out[j] * hat[j];
            }
        }
        for (int r = 0; r < rows; r++) {
            float[] hat = normalised[r];
            float[] d = outputs[r];
            for (int j = 0; j < units; j++) {
                row[j] = gains[j] * factor[j] * (d[j] - (shiftGradient[j] + hat[j] * gainGradient[j]) / rows);
            }
            gradients.put(r, 0, row, 0, units);
        }
        map.backward(lane, x, out, rows);
    }

    @Override
    public void move(Lane lane, ParameterUpdate update) {
        map.moveWeights(lane, update);
        moveWithoutDecay(update, gains, gainMoments, gainGradient);
        moveWithoutDecay(update, shifts, shiftMoments, shiftGradient);
    }

    /** Decay is decoupled from gradients: numbers are moved from 0, where nothing decays, and what that comes to is added. */
    private void moveWithoutDecay(ParameterUpdate update, float[] numbers, float[][] moments, float[] gradient) {
        Arrays.fill(row, 0);
        update.move(row, moments, gradient, 0, units);
        for (int j = 0; j < units; j++) {
            numbers[j] += row[j];
        }
    }

    UnitsMap map() {
        return map;
    }

    float[] gains() {
        return gains;
    }

    float[] shifts() {
        return shifts;
    }

    float[] gainGradient() {
        return gainGradient;
    }

    float[] shiftGradient() {
        return shiftGradient;
    }

    /** The affine map below the rectifier that this layer is once it is trained. */
    @Override
    public ImmutableList<float[]> folded() {
        float[] all = map.parameters();
        float[] scale = new float[units];
        for (int j = 0; j < units; j++) {
            scale[j] = (float) (gains[j] / Math.sqrt(runningVariance[j] + LEAST_VARIANCE));
        }
        int biases = all.length - units;
        for (int i = 0; i < biases; i++) {
            all[i] *= scale[i % units];
        }
        for (int j = 0; j < units; j++) {
            all[biases + j] = shifts[j] - runningMean[j] * scale[j];
        }
        return ImmutableList.of(all);
    }

    @Override
    public void state(State state) {
        map.state(state.part("map"));
        state.floats("gains", gains);
        state.floats("shifts", shifts);
        for (int i = 0; i < gainMoments.length; i++) {
            state.floats("gain-moment-" + (i + 1), gainMoments[i]);
            state.floats("shift-moment-" + (i + 1), shiftMoments[i]);
        }
        state.floats("mean", runningMean);
        state.floats("variance", runningVariance);
        batches = state.count("batches", batches);
    }

    @Override
    public void close() {
        map.close();
        values.close();
        gradients.close();
    }
}
