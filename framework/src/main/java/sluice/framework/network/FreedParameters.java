package sluice.framework.network;

import java.util.List;
import java.util.random.RandomGenerator;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.layer.Layer;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;

/**
 * Parameters that no task has frozen, drawn anew: He-uniform weights, by the units below that the network was created with,
 * of which a task has about as many open however wide the network has become, and biases of 0.
 */
final class FreedParameters {
    private final List<Layer> layers;
    private final List<Integer> created;
    private final ConsolidatedSubnetworks frozen;

    /**
     * @param layers written where nothing is frozen
     * @param created units per hidden layer before any growth
     * @param frozen what tasks use
     */
    FreedParameters(List<Layer> layers, List<Integer> created, ConsolidatedSubnetworks frozen) {
        this.layers = layers;
        this.created = created;
        this.frozen = frozen;
    }

    /**
     * What only a removed task used: weights between two of its units, and their biases. They begin anew, so that what the
     * task knew is not there for the next one to find.
     *
     * @param removed the units of the removed task
     * @param task its name, which the new weights depend on
     */
    void redrawRemoved(Subnetwork removed, RandomStreams streams, String task) {
        for (int l = 0; l < layers.size(); l++) {
            RandomGenerator random = streams.stream("freed-weights/" + task, l);
            UnitSet below = below(l, removed.layers());
            for (int unit : removed.layers().get(l).toArray()) {
                redraw(l, unit, below.minus(frozenInputs(l, unit)), random);
            }
        }
    }

    /**
     * What units that no task uses have with any other unit. Weights between two used units rest: a task has them as they
     * are.
     *
     * @param learned tasks that the network has learned, which the new weights depend on
     */
    void redrawUnused(RandomStreams streams, int learned) {
        for (int l = 0; l < layers.size(); l++) {
            RandomGenerator random = streams.stream("renewed-weights", l, learned);
            UnitSet all = UnitSet.all(layers.get(l).below());
            UnitSet unused = l == 0 ? UnitSet.none(all.universe()) : all.minus(frozen.used(l - 1));
            for (int unit = 0; unit < layers.get(l).units(); unit++) {
                redraw(l, unit, frozen.used(l).contains(unit) ? unused : all, random);
            }
        }
    }

    private UnitSet below(int l, List<UnitSet> units) {
        return l == 0 ? UnitSet.all(layers.get(0).below()) : units.get(l - 1);
    }

    private UnitSet frozenInputs(int l, int unit) {
        if (l > 0) {
            return frozen.frozenInputs(l, unit);
        }
        int below = layers.get(0).below();
        return frozen.used(0).contains(unit) ? UnitSet.all(below) : UnitSet.none(below);
    }

    private void redraw(int l, int unit, UnitSet inputs, RandomGenerator random) {
        Layer layer = layers.get(l);
        int counted = l == 0 ? layer.below() : created.get(l - 1);
        if (!frozen.biasFrozen(l, unit)) {
            layer.biases()[unit] = 0;
        }
        for (int input : inputs.toArray()) {
            int from = unit * layer.inputs() + input * layer.span();
            for (int k = 0; k < layer.span(); k++) {
                layer.weights()[from + k] = layer.heUniformWeight(counted, random);
            }
        }
    }
}
