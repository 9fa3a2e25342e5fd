package sluice.framework.predict.internal.layer;

import java.util.List;
import sluice.framework.predict.internal.kernel.RowProduct;
import sluice.framework.predict.internal.kernel.UnitPanels;
import sluice.framework.predict.internal.kernel.ValueRows;

/** Examples are rows, and values that are 0 are left out: where every unit sees every value below. */
final class RowPass implements PredictionPass {
    private final float[] row;
    private final RowProduct product = new RowProduct();
    private List<StackedLayer> layers = List.of();
    private ValueRows values;
    private ValueRows above;

    // of the layer and the batch that are computed at the moment: so that no step of a prediction needs an object of
    // its own
    private float[] biases;
    private UnitPanels next;
    private float[] logits;
    private int start;
    private final RowProduct.Sums activation = this::activate;
    private final RowProduct.Sums outputs = this::collect;

    RowPass(int inputs, int room) {
        this.row = new float[inputs];
        this.values = new ValueRows(room);
        this.above = new ValueRows(room);
    }

    @Override
    public void use(List<StackedLayer> compiled) {
        layers = compiled;
    }

    @Override
    public void predict(Scaling scaling, Rows rows, int first, int batch, float[] all) {
        feed(scaling, rows, first, batch);
        int top = layers.size() - 1;
        for (int l = 0; l < top; l++) {
            biases = layers.get(l).weights().biases();
            next = panels(l + 1);
            above.clear(batch, next.columns());
            // a layer without open units has nothing to pass on
            if (biases.length > 0) {
                product.multiply(panels(l), values, batch, activation);
            }
            ValueRows below = values;
            values = above;
            above = below;
        }
        biases = layers.get(top).weights().biases();
        logits = all;
        start = first;
        product.multiply(panels(top), values, batch, outputs);
    }

    private UnitPanels panels(int layer) {
        return (UnitPanels) layers.get(layer).weights().weights();
    }

    private void feed(Scaling scaling, Rows rows, int first, int batch) {
        UnitPanels lowest = panels(0);
        values.clear(batch, row.length);
        for (int r = 0; r < batch; r++) {
            rows.read(first + r, row);
            scaling.apply(row, row.length);
            values.append(r, row, row.length, 0, lowest);
        }
    }

    private void activate(int example, int first, int units, float[] sums) {
        for (int u = 0; u < units; u++) {
            sums[u] = Math.max(0f, sums[u] + biases[first + u]);
        }
        above.append(example, sums, units, first, next);
    }

    private void collect(int example, int first, int units, float[] sums) {
        int at = (start + example) * biases.length + first;
        for (int u = 0; u < units; u++) {
            logits[at + u] = sums[u] + biases[first + u];
        }
    }

    @Override
    public void close() {
        // all is on the heap
    }
}
