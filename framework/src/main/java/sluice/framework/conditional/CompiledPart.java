package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/** A trained part of a network with exits, on rows of its own. */
final class CompiledPart implements AutoCloseable {
    private final ImmutableList<CompiledUnits> layers;
    private final Units inputs;
    private final CompiledUnits head;
    private final BlockProducts products;
    private final long fixed;

    /**
     * The maps of a part.
     *
     * @param layers lowest first
     * @param head that answers
     */
    record Maps(ImmutableList<CompiledLayer> layers, CompiledLayer head) {
        /**
         * Those of a shape.
         *
         * @param parameters as {@link ExitShape#sizes} has them
         */
        static Maps of(ExitShape shape, int part, List<float[]> parameters) {
            ImmutableList.Builder<CompiledLayer> layers = ImmutableList.builder();
            int below = shape.inputs(part);
            int looksAt = below;
            int at = 0;
            boolean onGated = false;
            for (ExitLayer layer : shape.parts().get(part).layers()) {
                if (layer.gater().isPresent()) {
                    int arrays = layer.gater().get().hidden().size() + 3;
                    layers.add(CompiledLayer.gated(layer, below, looksAt, parameters.subList(at, at + arrays)));
                    at += arrays;
                } else {
                    layers.add(CompiledLayer.whole(below, layer.units(), onGated, parameters.get(at++)));
                    looksAt = layer.units();
                }
                below = layer.units();
                onGated = layer.gater().isPresent();
            }
            return new Maps(layers.build(), CompiledLayer.whole(below, shape.classes(), onGated, parameters.get(at)));
        }
    }

    /**
     * @param maps not closed with this
     * @param forms of the layers
     * @param pooling additions of one example, counted as multiply-adds
     * @param rows most examples
     */
    CompiledPart(Maps maps, List<ExitLayer> forms, long pooling, int rows) {
        int seen = maps.layers().get(0).inputs();
        int widest = Math.max(seen, maps.head().units());
        for (CompiledLayer layer : maps.layers()) {
            widest = Math.max(widest, layer.units());
        }
        this.products = new BlockProducts(rows, widest);
        this.inputs = new Units(NativeMatrix.allocate(rows, seen), null, BlockRows.whole(seen, rows));
        List<CompiledUnits> made = new ArrayList<>();
        Units below = inputs;
        Units looked = inputs;
        for (int l = 0; l < forms.size(); l++) {
            CompiledUnits layer =
                    new CompiledUnits(maps.layers().get(l), Activation.of(forms.get(l)), below, looked, products, rows);
            made.add(layer);
            below = layer.units();
            looked = maps.layers().get(l).isGated() ? looked : below;
        }
        this.layers = ImmutableList.copyOf(made);
        this.head = new CompiledUnits(maps.head(), Activation.NONE, below, looked, products, rows);
        this.fixed = pooling;
    }

    /** What it sees [rows, inputs]. */
    NativeMatrix inputs() {
        return inputs.values();
    }

    /** What the units of its highest layer put out [rows, units]; of gated ones those alone that are open. */
    NativeMatrix top() {
        return layers.get(layers.size() - 1).units().values();
    }

    /** What its head says [rows, classes]. */
    NativeMatrix logits() {
        return head.units().values();
    }

    /** Its layers, lowest first. */
    ImmutableList<CompiledUnits> layers() {
        return layers;
    }

    /** From {@link #inputs} to {@link #top}, without the head. */
    void forwardToTop(Lane lane, int rows) {
        inputs.open().openAll(rows);
        layers.forEach(layer -> layer.forward(lane, rows));
    }

    /** From {@link #inputs} to {@link #logits}. */
    void forward(Lane lane, int rows) {
        forwardToTop(lane, rows);
        head.forward(lane, rows);
    }

    /** Multiply-adds of a row in the last {@link #forward}. */
    long multiplyAdds(int row) {
        long sum = fixed;
        for (CompiledUnits layer : layers) {
            sum += layer.multiplyAdds(row);
        }
        return sum + head.multiplyAdds(row);
    }

    @Override
    public void close() {
        layers.forEach(CompiledUnits::close);
        head.close();
        products.close();
        inputs.values().close();
    }
}
