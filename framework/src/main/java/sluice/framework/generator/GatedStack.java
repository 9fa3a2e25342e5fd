package sluice.framework.generator;

import static sluice.framework.generator.SharedStack.all;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.gates.GateTraining;
import sluice.framework.internal.dense.DenseStack;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.gating.Progress;
import sluice.gating.Subnetwork;

/**
 * One map of a network that generates while a task trains: in each step the open units alone, which are gathered into a small
 * dense stack. A closed unit is exactly 0 by not being there.
 */
final class GatedStack {
    private static final double[] NO_LOSSES = {};

    private final DenseStack dense;
    private final SharedStack shared;
    private final ImmutableList<GateTraining> gates;
    private final ImmutableList<OpenMap> maps;
    private final int[][] open;
    private final int[] inputs;
    private final int[] outputs;

    /**
     * @param dense an untrained stack of full width, whose last map becomes the task's head
     * @param gates per hidden layer
     * @param running moments per parameter
     */
    GatedStack(DenseStack dense, SharedStack shared, List<GateTraining> gates, int running) {
        this.dense = dense;
        this.shared = shared;
        this.gates = ImmutableList.copyOf(gates);
        ImmutableList.Builder<OpenMap> made = ImmutableList.builder();
        for (int layer = 0; layer < gates.size(); layer++) {
            made.add(new OpenMap(
                    shared.hidden().get(layer), shared.frozenWeights(layer), shared.frozenBiases(layer), running));
        }
        this.maps =
                made.add(OpenMap.free(MapParameters.of(dense.last()), running)).build();
        this.open = new int[gates.size()][];
        this.inputs = all(dense.maps().get(0).inputs());
        this.outputs = all(dense.last().outputs());
    }

    ImmutableList<OpenMap> maps() {
        return maps;
    }

    /** The units of a hidden layer that are open in this step, ascending. */
    int[] open(int layer) {
        return open[layer];
    }

    /** Draws gates, and opens units by them. */
    void draw(Progress progress) {
        for (int layer = 0; layer < open.length; layer++) {
            gates.get(layer).draw(progress, 1);
            boolean[] drawn = gates.get(layer).open();
            open[layer] =
                    IntStream.range(0, drawn.length).filter(unit -> drawn[unit]).toArray();
        }
        gather();
    }

    /** Opens the units of a subnetwork. */
    void open(Subnetwork subnetwork) {
        Arrays.setAll(open, layer -> subnetwork.layers().get(layer).toArray());
        gather();
    }

    private void gather() {
        List<Integer> widths = new ArrayList<>();
        for (int[] units : open) {
            widths.add(Math.max(1, units.length));
        }
        dense.resize(widths);
        for (int map = 0; map < maps.size(); map++) {
            maps.get(map)
                    .open(
                            map == 0 ? inputs : open[map - 1],
                            map < open.length ? open[map] : outputs,
                            dense.maps().get(map));
        }
    }

    /** Tells gates what came of their draw. */
    void answer(double loss) {
        for (int layer = 0; layer < open.length; layer++) {
            GateTraining ofLayer = gates.get(layer);
            ofLayer.answer(0, loss, NO_LOSSES);
            if (ofLayer.probes().get(0).needsUpstream()) {
                double[] upstream = ofLayer.upstream(0);
                double[] gradients = dense.unitGradients(layer);
                for (int k = 0; k < open[layer].length; k++) {
                    upstream[open[layer][k]] = gradients[k];
                }
            }
        }
    }

    /** Moves what was open and is free. */
    void move(ParameterUpdate update) {
        for (int map = 0; map < maps.size(); map++) {
            maps.get(map).move(update, dense.maps().get(map));
        }
    }

    /** Moves gate logits. */
    void moveGates(long step) {
        gates.forEach(ofLayer -> ofLayer.update(step, 1));
    }

    /** Freezes what the task uses. */
    void consolidate(String task, Subnetwork subnetwork) {
        shared.consolidate(task, subnetwork, maps.get(maps.size() - 1).parameters());
    }
}
