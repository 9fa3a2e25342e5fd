package sluice.framework.gates;

import com.google.common.collect.ImmutableList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.layer.Layer;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;

/**
 * The units of a task that has them for itself, outside of the layers that tasks share: no later task meets them, and what it costs to keep
 * them hangs on nothing but their number.
 *
 * @param numbers which units of the shared layers they were when the task was consolidated
 * @param layers their weights and biases, frozen: units ascending, over the open units of the layer below, ascending; where none is open,
 *     one unit that is closed
 */
public record SeparateUnits(Subnetwork numbers, ImmutableList<Layer> layers) {
    /**
     * Copies them.
     *
     * @param shared layers in which the task was learned
     * @param open its units
     */
    public static SeparateUnits of(List<Layer> shared, Subnetwork open) {
        ImmutableList.Builder<Layer> layers = ImmutableList.builder();
        int[] below = IntStream.range(0, shared.get(0).below()).toArray();
        for (int l = 0; l < shared.size(); l++) {
            int[] units = atLeastOne(open.layers().get(l));
            layers.add(shared.get(l).block(units, below));
            below = units;
        }
        return new SeparateUnits(open, layers.build());
    }

    private static int[] atLeastOne(UnitSet units) {
        return units.size() == 0 ? new int[1] : units.toArray();
    }

    /** {@return units that a layer of them has where so many are open} */
    public static int width(int open) {
        return Math.max(1, open);
    }

    /** {@return which units of {@link #layers} are open: all but those that are there because a layer needs one} */
    public Subnetwork open() {
        return new Subnetwork(
                numbers.layers().stream().map(units -> first(units.size())).collect(ImmutableList.toImmutableList()));
    }

    private static UnitSet first(int open) {
        BitSet bits = new BitSet();
        bits.set(0, open);
        return UnitSet.of(width(open), bits);
    }

    /** {@return bytes of weights and biases} */
    public long bytes() {
        long numbers = 0;
        for (Layer layer : layers) {
            numbers += (long) layer.weights().length + layer.biases().length;
        }
        return Float.BYTES * numbers;
    }
}
