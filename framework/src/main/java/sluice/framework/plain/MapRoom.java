package sluice.framework.plain;

import com.google.common.collect.ImmutableList;
import java.util.stream.IntStream;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.Activations;

/** The layers of maps of a network, with what a pass of batches up to some size writes to. */
final class MapRoom implements AutoCloseable {
    private final ImmutableList<MapLayer> layers;
    private final NativeMatrix input;
    private final ImmutableList<MapPass.Buffers> buffers;
    private final ImmutableList<MapPass> passes;

    private MapRoom(
            ImmutableList<MapLayer> layers,
            NativeMatrix input,
            ImmutableList<MapPass.Buffers> buffers,
            int room,
            int lanes) {
        this.layers = layers;
        this.input = input;
        this.buffers = buffers;
        ImmutableList.Builder<MapPass> all = ImmutableList.builder();
        Activations below = new Activations.OfUnits(input);
        for (int l = 0; l < layers.size(); l++) {
            MapPass pass = new MapPass(layers.get(l), below, buffers.get(l), room, lanes);
            all.add(pass);
            below = pass.output();
        }
        this.passes = all.build();
    }

    /**
     * @param layers at least one
     * @param room examples
     * @param lanes threads at most
     */
    static MapRoom allocate(ImmutableList<MapLayer> layers, int room, int lanes) {
        NativeMatrix input = NativeMatrix.allocate(layers.get(0).valuesBelow(), room);
        ImmutableList<MapPass.Buffers> buffers = IntStream.range(0, layers.size())
                .mapToObj(l -> MapPass.Buffers.allocate(layers.get(l), l == layers.size() - 1, room))
                .collect(ImmutableList.toImmutableList());
        return new MapRoom(layers, input, buffers, room, lanes);
    }

    /** One for fewer examples in the same memory: whoever uses one of them has the others forget what they knew. */
    MapRoom part(int room, int lanes) {
        ImmutableList<MapPass.Buffers> parts = IntStream.range(0, layers.size())
                .mapToObj(l -> buffers.get(l).part(layers.get(l), room))
                .collect(ImmutableList.toImmutableList());
        return new MapRoom(layers, input.part(input.rows(), room), parts, room, lanes);
    }

    ImmutableList<MapPass> passes() {
        return passes;
    }

    MapPass pass(int layer) {
        return passes.get(layer);
    }

    /** Feeds this lane's share of some examples. */
    void feed(Lane lane, Batch examples, int first, int batch) {
        int features = examples.features();
        float[] block = lane.mapPasses().block(Lane.GRAIN * features);
        int end = lane.end(0, batch);
        for (int from = lane.first(0, batch); from < end; from += Lane.GRAIN) {
            int count = Math.min(Lane.GRAIN, end - from);
            System.arraycopy(examples.inputs(), (first + from) * features, block, 0, count * features);
            lane.mapPasses().transpose(block, count, input, from);
        }
    }

    @Override
    public void close() {
        passes.forEach(MapPass::close);
        input.close();
    }
}
