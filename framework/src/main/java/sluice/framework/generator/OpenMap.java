package sluice.framework.generator;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import sluice.framework.internal.dense.DenseMap;
import sluice.framework.optimizer.ParameterUpdate;

/**
 * An affine map while a task trains, of which a step runs and moves a part: between the open inputs and the open units. An
 * entry that is frozen, or takes no part in the step, never reaches the optimiser, and neither do its moments.
 */
final class OpenMap {
    private final MapParameters parameters;
    private final BitSet[] frozenWeights;
    private final BitSet frozenBiases;
    /** [inputs][running][units]: a row's moments side by side, as the optimiser takes them. */
    private final float[][][] moments;

    private final float[][] biasMoments;
    private final float[] values;
    private final float[] gradient;
    private final float[][] running;
    private int[] inputs = {};
    private int[] units = {};

    /**
     * @param parameters moved in place
     * @param frozenWeights by input, the units whose weight from it is frozen
     * @param frozenBiases the units whose bias is frozen
     * @param running moments per parameter
     */
    OpenMap(MapParameters parameters, BitSet[] frozenWeights, BitSet frozenBiases, int running) {
        int all = parameters.units();
        this.parameters = parameters;
        this.frozenWeights = frozenWeights;
        this.frozenBiases = frozenBiases;
        this.moments = new float[parameters.inputs()][running][all];
        this.biasMoments = new float[running][all];
        this.values = new float[Math.max(1, all)];
        this.gradient = new float[Math.max(1, all)];
        this.running = new float[running][all];
    }

    /** A map of which nothing is frozen. */
    static OpenMap free(MapParameters parameters, int running) {
        BitSet none = new BitSet();
        BitSet[] byInput = new BitSet[parameters.inputs()];
        Arrays.fill(byInput, none);
        return new OpenMap(parameters, byInput, none, running);
    }

    MapParameters parameters() {
        return parameters;
    }

    /** Moments of the weights from an input [running][units]. */
    float[][] moments(int input) {
        return moments[input];
    }

    /**
     * Fills the map of a step. Where nothing is open, one input or unit of zeros stands for it.
     *
     * @param openInputs ascending
     * @param openUnits ascending
     * @param into of as many inputs and outputs, at least one
     */
    void open(int[] openInputs, int[] openUnits, DenseMap into) {
        inputs = openInputs;
        units = openUnits;
        int width = into.outputs();
        for (int a = 0; a < into.inputs(); a++) {
            Arrays.fill(values, 0, width, 0);
            if (a < inputs.length) {
                MapParameters.gather(parameters.weights()[inputs[a]], units, values, 0);
            }
            into.weights().put(a, 0, values, 0, width);
        }
        Arrays.fill(into.biases(), 0, width, 0);
        MapParameters.gather(parameters.biases(), units, into.biases(), 0);
    }

    /** Moves the free entries that took part in the step, by the gradient that the map of the step has formed. */
    @SuppressWarnings("ReferenceEquality") // rows of one kind share their set
    void move(ParameterUpdate update, DenseMap from) {
        BitSet last = null;
        int[] free = {};
        for (int a = 0; a < inputs.length; a++) {
            BitSet frozen = frozenWeights[inputs[a]];
            if (!frozen.equals(last)) {
                free = free(frozen);
                last = frozen;
            }
            if (free.length > 0) {
                from.weightGradient().get(a, 0, gradient, 0, units.length);
                move(update, free, parameters.weights()[inputs[a]], moments[inputs[a]]);
            }
        }
        System.arraycopy(from.biasGradient(), 0, gradient, 0, units.length);
        move(update, free(frozenBiases), parameters.biases(), biasMoments);
    }

    /** Places among the open units of those that may be moved. */
    private int[] free(BitSet frozen) {
        return IntStream.range(0, units.length)
                .filter(k -> !frozen.get(units[k]))
                .toArray();
    }

    /** Moves entries of a row, out of which they are taken for the time. */
    private void move(ParameterUpdate update, int[] free, float[] row, float[][] rowMoments) {
        int count = free.length;
        if (count == row.length) {
            update.move(row, rowMoments, gradient, 0, count);
            return;
        }
        for (int k = 0; k < count; k++) {
            int unit = units[free[k]];
            values[k] = row[unit];
            gradient[k] = gradient[free[k]];
            for (int m = 0; m < running.length; m++) {
                running[m][k] = rowMoments[m][unit];
            }
        }
        update.move(values, running, gradient, 0, count);
        for (int k = 0; k < count; k++) {
            int unit = units[free[k]];
            row[unit] = values[k];
            for (int m = 0; m < running.length; m++) {
                rowMoments[m][unit] = running[m][k];
            }
        }
    }
}
