package sluice.framework;

import java.util.List;
import java.util.random.RandomGenerator;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;

/**
 * What only a removed task used: weights between two of its units, and their biases, that no other task has frozen. They
 * begin anew, so that what the task knew is not there for the next one to find.
 */
final class FreedParameters {
    private FreedParameters() {}

    /**
     * @param layers written where nothing is frozen any more
     * @param removed the units of the removed task
     * @param others what the other tasks use
     * @param task its name, which the new weights depend on
     */
    static void redraw(
            List<DenseLayer> layers,
            Subnetwork removed,
            ConsolidatedSubnetworks others,
            RandomStreams streams,
            String task) {
        for (int l = 0; l < layers.size(); l++) {
            DenseLayer layer = layers.get(l);
            UnitSet below =
                    l == 0 ? UnitSet.all(layer.below()) : removed.layers().get(l - 1);
            RandomGenerator random = streams.stream("freed-weights/" + task, l);
            for (int unit : removed.layers().get(l).toArray()) {
                UnitSet frozen = frozen(others, l, unit, layer.below());
                if (!others.biasFrozen(l, unit)) {
                    layer.biases()[unit] = 0;
                }
                for (int input : below.minus(frozen).toArray()) {
                    int from = unit * layer.inputs() + input * layer.span();
                    for (int k = 0; k < layer.span(); k++) {
                        layer.weights()[from + k] = layer.heUniformWeight(random);
                    }
                }
            }
        }
    }

    /** The units below a unit whose weights are frozen. */
    private static UnitSet frozen(ConsolidatedSubnetworks others, int layer, int unit, int below) {
        if (layer > 0) {
            return others.frozenInputs(layer, unit);
        }
        return others.used(0).contains(unit) ? UnitSet.all(below) : UnitSet.none(below);
    }
}
