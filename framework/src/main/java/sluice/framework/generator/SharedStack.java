package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import sluice.framework.internal.dense.DenseMap;
import sluice.framework.internal.dense.DenseStack;
import sluice.framework.internal.state.State;
import sluice.gating.ConsolidatedSubnetworks;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;

/**
 * What tasks share of one map of a network that generates, its hidden layers, and what each task has for itself: which units
 * are open, and the head, the map from the open units of the last hidden layer to logits. What a task uses is written by
 * nobody any more, see {@link ConsolidatedSubnetworks}.
 */
final class SharedStack {
    private final String name;
    private final ImmutableList<MapParameters> hidden;
    private final Map<String, MapParameters> heads = new LinkedHashMap<>();
    private ConsolidatedSubnetworks consolidated;

    /** The hidden layers of an untrained stack. */
    SharedStack(String name, DenseStack untrained) {
        ImmutableList<DenseMap> maps = untrained.maps();
        this.name = name;
        this.hidden = maps.subList(0, maps.size() - 1).stream()
                .map(MapParameters::of)
                .collect(ImmutableList.toImmutableList());
        this.consolidated = ConsolidatedSubnetworks.none(
                hidden.stream().map(MapParameters::units).toList());
    }

    String name() {
        return name;
    }

    ImmutableList<MapParameters> hidden() {
        return hidden;
    }

    ConsolidatedSubnetworks consolidated() {
        return consolidated;
    }

    /** By input of a hidden layer, the units whose weight from it is frozen. */
    BitSet[] frozenWeights(int layer) {
        MapParameters map = hidden.get(layer);
        BitSet[] frozen = new BitSet[map.inputs()];
        BitSet whole = frozenBiases(layer);
        for (int input = 0; input < frozen.length; input++) {
            frozen[input] = layer == 0 ? whole : new BitSet(map.units());
        }
        for (int unit = 0; unit < map.units() && layer > 0; unit++) {
            for (int input : consolidated.frozenInputs(layer, unit).toArray()) {
                frozen[input].set(unit);
            }
        }
        return frozen;
    }

    /** The units of a hidden layer whose bias is frozen. */
    BitSet frozenBiases(int layer) {
        return consolidated.used(layer).toBitSet();
    }

    /**
     * Freezes what a task uses.
     *
     * @param head from all units of the last hidden layer
     */
    void consolidate(String task, Subnetwork subnetwork, MapParameters head) {
        consolidated = consolidated.with(task, subnetwork);
        heads.put(task, head.ofInputs(open(task, hidden.size() - 1)));
    }

    /**
     * Tells all of it, between two tasks.
     *
     * @param names of the tasks, in order
     */
    void state(State state, List<String> names) {
        for (int layer = 0; layer < hidden.size(); layer++) {
            hidden.get(layer).state(state.part("hidden-" + (layer + 1)));
        }
        for (int t = 0; t < names.size(); t++) {
            String task = names.get(t);
            State own = state.part("task-" + (t + 1));
            if (state.restores()) {
                consolidated = consolidated.with(task, told(own));
                int inputs = openUnits(task, hidden.size() - 1);
                heads.put(task, MapParameters.zeros(inputs, own.count("outputs", 0)));
            } else {
                for (int layer = 0; layer < hidden.size(); layer++) {
                    own.bytes(
                            "open-" + (layer + 1),
                            consolidated
                                    .tasks()
                                    .get(task)
                                    .layers()
                                    .get(layer)
                                    .toBitSet()
                                    .toByteArray());
                }
                own.count("outputs", heads.get(task).units());
            }
            heads.get(task).state(own.part("head"));
        }
    }

    private Subnetwork told(State kept) {
        ImmutableList.Builder<UnitSet> layers = ImmutableList.builder();
        for (int layer = 0; layer < hidden.size(); layer++) {
            BitSet open = BitSet.valueOf(kept.bytes("open-" + (layer + 1), new byte[0]));
            layers.add(UnitSet.of(hidden.get(layer).units(), open));
        }
        return new Subnetwork(layers.build());
    }

    /** How many units of a hidden layer a task has open. */
    int openUnits(String task, int layer) {
        return consolidated.tasks().get(task).layers().get(layer).size();
    }

    private int[] open(String task, int layer) {
        return consolidated.tasks().get(task).layers().get(layer).toArray();
    }

    /**
     * A task's part as a dense stack.
     *
     * @param widths units of each hidden layer, at least those that the task has open; the others are zeros
     * @return per map, in the order of {@link DenseStack#parameters}
     */
    ImmutableList<float[]> compiled(String task, List<Integer> widths) {
        ImmutableList.Builder<float[]> maps = ImmutableList.builder();
        int[] inputs = all(hidden.get(0).inputs());
        int width = inputs.length;
        for (int layer = 0; layer < hidden.size(); layer++) {
            int[] units = open(task, layer);
            maps.add(hidden.get(layer).part(inputs, units, width, widths.get(layer)));
            inputs = units;
            width = widths.get(layer);
        }
        MapParameters head = heads.get(task);
        return maps.add(head.part(all(head.inputs()), all(head.units()), width, head.units()))
                .build();
    }

    static int[] all(int count) {
        return IntStream.range(0, count).toArray();
    }

    /** Bytes of parameters and of the bits that say which units are open. */
    long bytes() {
        long numbers = 0;
        for (MapParameters map : hidden) {
            numbers += map.count();
        }
        for (MapParameters head : heads.values()) {
            numbers += head.count();
        }
        long bits = consolidated.widths().stream()
                .mapToLong(units -> (units + Byte.SIZE - 1) / Byte.SIZE)
                .sum();
        return Float.BYTES * numbers + heads.size() * bits;
    }
}
