package sluice.framework.conditional;

import com.google.common.collect.ImmutableList;
import java.util.List;
import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.dense.DenseMap;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;

/** A trained part of a network with exits, as affine maps with rectifiers between them, on rows of its own. */
final class CompiledPart implements AutoCloseable {
    /** Of maps that are only read. */
    private static final int NO_MOMENTS = -1;

    private final ImmutableList<DenseMap> maps;
    private final ImmutableList<NativeMatrix> outputs;
    private final NativeMatrix inputs;

    /**
     * @param maps lowest first, the head last; not closed with this
     * @param rows most examples
     */
    CompiledPart(ImmutableList<DenseMap> maps, int rows) {
        this.maps = maps;
        this.inputs = NativeMatrix.allocate(rows, maps.get(0).inputs());
        this.outputs = maps.stream()
                .map(map -> NativeMatrix.allocate(rows, map.outputs()))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * The maps of a part.
     *
     * @param parameters of each, lowest first, the head last
     */
    static ImmutableList<DenseMap> maps(ExitShape shape, int index, List<float[]> parameters) {
        ImmutableList<ExitLayer> layers = shape.parts().get(index).layers();
        ImmutableList.Builder<DenseMap> maps = ImmutableList.builder();
        int below = shape.inputs(index);
        for (int m = 0; m < parameters.size(); m++) {
            int units = m < layers.size() ? layers.get(m).units() : shape.classes();
            DenseMap map = new DenseMap(below, units, NO_MOMENTS);
            map.set(parameters.get(m));
            maps.add(map);
            below = units;
        }
        return maps.build();
    }

    /** What it sees [rows, inputs]. */
    NativeMatrix inputs() {
        return inputs;
    }

    /** What the units of its highest layer put out [rows, units]. */
    NativeMatrix top() {
        return outputs.get(outputs.size() - 2);
    }

    /** What its head says [rows, classes]. */
    NativeMatrix logits() {
        return outputs.get(outputs.size() - 1);
    }

    /** From {@link #inputs} to {@link #top}, without the head. */
    void forwardToTop(Lane lane, int rows) {
        Columns below = new Columns(inputs, 0, inputs.columns());
        for (int m = 0; m < maps.size() - 1; m++) {
            int units = maps.get(m).outputs();
            maps.get(m).forward(lane, below, outputs.get(m), rows);
            rectify(lane, outputs.get(m), units, rows);
            below = new Columns(outputs.get(m), 0, units);
        }
    }

    /** From {@link #inputs} to {@link #logits}. */
    void forward(Lane lane, int rows) {
        forwardToTop(lane, rows);
        head(lane, rows);
    }

    private void head(Lane lane, int rows) {
        DenseMap head = maps.get(maps.size() - 1);
        head.forward(lane, new Columns(top(), 0, head.inputs()), logits(), rows);
    }

    private static void rectify(Lane lane, NativeMatrix values, int units, int rows) {
        for (int r = 0; r < rows; r++) {
            float[] row = lane.rows().read(values, r, 0, units);
            for (int j = 0; j < units; j++) {
                row[j] = Math.max(0, row[j]);
            }
            lane.rows().write(values, r, 0, units);
        }
    }

    @Override
    public void close() {
        outputs.forEach(NativeMatrix::close);
        inputs.close();
    }
}
