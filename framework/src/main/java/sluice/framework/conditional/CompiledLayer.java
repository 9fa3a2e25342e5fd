package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import sluice.framework.internal.dense.DenseMap;

/**
 * The maps of a trained layer, or of a head. Shared by all that compute with it.
 *
 * @param gater its maps, lowest first; none where all units are computed
 * @param dense the map of units that are all computed, on units that are
 * @param blocks that of gated units, or of units on gated ones
 * @param threshold above which a logit of the gater opens a block
 */
record CompiledLayer(
        ImmutableList<DenseMap> gater, Optional<DenseMap> dense, Optional<BlockMap> blocks, float threshold) {
    /** Of maps that are only read. */
    private static final int NO_MOMENTS = -1;

    boolean isGated() {
        return !gater.isEmpty();
    }

    int inputs() {
        return dense.map(DenseMap::inputs).orElseGet(() -> blocks.orElseThrow().inputs());
    }

    int units() {
        return dense.map(DenseMap::outputs).orElseGet(() -> blocks.orElseThrow().units());
    }

    private static DenseMap map(int inputs, int outputs, float[] parameters) {
        DenseMap map = new DenseMap(inputs, outputs, NO_MOMENTS);
        map.set(parameters);
        return map;
    }

    private static BlockMap blocks(int inputs, int outputs, float[] parameters) {
        BlockMap map = new BlockMap(inputs, outputs, NO_MOMENTS);
        map.set(parameters);
        return map;
    }

    /**
     * A layer that is computed in whole, or a head.
     *
     * @param onGated whether some units below may not be computed
     * @param parameters weights input by input, then biases
     */
    static CompiledLayer whole(int inputs, int outputs, boolean onGated, float[] parameters) {
        return onGated
                ? new CompiledLayer(
                        ImmutableList.of(),
                        Optional.empty(),
                        Optional.of(blocks(inputs, outputs, UnitsMap.turned(parameters, inputs, outputs))),
                        0)
                : new CompiledLayer(
                        ImmutableList.of(), Optional.of(map(inputs, outputs, parameters)), Optional.empty(), 0);
    }

    /**
     * A gated layer.
     *
     * @param parameters maps of the gater, that of the blocks unit by unit, and the threshold
     */
    static CompiledLayer gated(ExitLayer layer, int inputs, int looksAt, List<float[]> parameters) {
        Gater gater = layer.gater().orElseThrow();
        ImmutableList.Builder<DenseMap> maps = ImmutableList.builder();
        int below = looksAt;
        int at = 0;
        for (int units : gater.hidden()) {
            maps.add(map(below, units, parameters.get(at++)));
            below = units;
        }
        maps.add(map(below, gater.blocks(), parameters.get(at++)));
        BlockMap blocks = blocks(inputs, layer.units(), parameters.get(at++));
        return new CompiledLayer(
                maps.build(), Optional.empty(), Optional.of(blocks), parameters.get(at)[0]);
    }
}
