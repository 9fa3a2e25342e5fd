package sluice.framework.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sluice.framework.predict.internal.kernel.HeapMatrix;
import sluice.framework.predict.internal.kernel.UnitPanels;
import sluice.framework.predict.internal.kernel.WeightRows;
import sluice.framework.predict.internal.layer.BatchScale;
import sluice.framework.predict.internal.layer.CompiledWeights;
import sluice.framework.predict.internal.layer.StackedLayer;

/**
 * What a model file holds of a task.
 *
 * @param name of the task
 * @param classes by output
 * @param classNames by output
 * @param numbers the scale of what it predicts, where that is a number
 * @param layers of the network, hidden ones, lowest first; where the task has its units for itself, its own
 * @param open per hidden layer the units that the task uses, ascending
 * @param own per hidden layer what the task has of these units for itself: gamma, beta, mean and variance where it is
 *     normalised, else nothing
 * @param head over the open units of the last hidden layer
 */
record StoredTask(
        String name,
        List<Integer> classes,
        List<String> classNames,
        Optional<NumberScale> numbers,
        List<StoredLayer> layers,
        List<int[]> open,
        List<float[][]> own,
        StoredLayer head) {
    /** The small matrices of the subnetwork, the head last. */
    List<StackedLayer> compile() {
        List<StackedLayer> compiled = new ArrayList<>();
        WeightRows.Allocation memory =
                layers.stream().allMatch(layer -> layer.geometry().seesAllBelow())
                        ? UnitPanels::allocate
                        : HeapMatrix::allocate;
        int[] below = CompiledWeights.allOf(layers.get(0).below());
        for (int l = 0; l < layers.size(); l++) {
            StoredLayer layer = layers.get(l);
            int[] units = open.get(l);
            compiled.add(layer.compile(units, below, factors(own.get(l), units.length), biases(layer, l), memory));
            below = units;
        }
        int[] outputs = CompiledWeights.allOf(classes.size());
        compiled.add(head.compile(
                outputs,
                CompiledWeights.allOf(head.below()),
                factors(new float[0][], outputs.length),
                head.biases(),
                memory));
        return List.copyOf(compiled);
    }

    private static float[] factors(float[][] own, int units) {
        float[] factors = new float[units];
        Arrays.fill(factors, 1);
        for (int k = 0; k < units && own.length > 0; k++) {
            factors[k] = BatchScale.factor(own[0][k], own[3][k]);
        }
        return factors;
    }

    private float[] biases(StoredLayer layer, int l) {
        int[] units = open.get(l);
        float[][] ofTask = own.get(l);
        float[] biases = new float[units.length];
        for (int k = 0; k < units.length; k++) {
            biases[k] = ofTask.length == 0
                    ? layer.biases()[units[k]]
                    : BatchScale.bias(ofTask[0][k], ofTask[1][k], ofTask[2][k], ofTask[3][k]);
        }
        return biases;
    }
}
