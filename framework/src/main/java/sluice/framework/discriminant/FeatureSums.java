package sluice.framework.discriminant;

import java.util.ArrayList;
import java.util.List;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.state.State;

/**
 * What is kept of all examples so far: how many there are of each component (a class, or a class of one task), the sum of
 * their features, and one matrix of the features' products. Sums are the same in whatever order examples come, but for
 * rounding. To keep the rounding small, features count from a fixed point near their mean. Close it.
 */
final class FeatureSums implements AutoCloseable {
    /** Rows of the scatter matrix at a time. */
    private static final int BLOCK = 384;

    private final int features;
    private final Lanes lanes;
    private final NativeMatrix scatter;
    private final List<double[]> sums = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private final float[] origin;
    private final float[][] rowOfLane;
    private long examples;

    private NativeMatrix chunk;
    private int[] components;
    private int rows;

    /**
     * @param features per example
     * @param lanes share out the work
     */
    FeatureSums(int features, Lanes lanes) {
        this.features = features;
        this.lanes = lanes;
        this.scatter = NativeMatrix.allocate(features, features);
        this.origin = new float[features];
        this.rowOfLane = new float[lanes.count()][features];
    }

    /**
     * Adds examples.
     *
     * @param of [at least count, features]; overwritten
     * @param ofComponents the component of each example, from 0
     * @param count examples in use, at least 1
     */
    void add(NativeMatrix of, int[] ofComponents, int count) {
        chunk = of;
        components = ofComponents;
        rows = count;
        for (int e = 0; e < count; e++) {
            while (ofComponents[e] >= counts.size()) {
                counts.add(0L);
                sums.add(new double[features]);
            }
            counts.set(ofComponents[e], counts.get(ofComponents[e]) + 1);
        }
        if (examples == 0) {
            lanes.run(this::chooseOrigin, (long) count * features);
        }
        examples += count;
        lanes.run(this::addSums, (long) count * features * 4);
        lanes.run(this::addProducts, (long) count * features * features / 2);
    }

    private void chooseOrigin(Lane lane) {
        int from = lane.first(0, features);
        int length = lane.end(0, features) - from;
        double[] mean = new double[length];
        float[] row = rowOfLane[lane.index()];
        for (int e = 0; e < rows; e++) {
            chunk.get(e, from, row, 0, length);
            for (int i = 0; i < length; i++) {
                mean[i] += row[i];
            }
        }
        for (int i = 0; i < length; i++) {
            origin[from + i] = (float) (mean[i] / rows);
        }
    }

    /** Each lane has features of its own, so that none adds where another does. */
    private void addSums(Lane lane) {
        int from = lane.first(0, features);
        int length = lane.end(0, features) - from;
        float[] row = rowOfLane[lane.index()];
        for (int e = 0; e < rows && length > 0; e++) {
            chunk.get(e, from, row, 0, length);
            double[] sum = sums.get(components[e]);
            for (int i = 0; i < length; i++) {
                row[i] -= origin[from + i];
                sum[from + i] += row[i];
            }
            chunk.put(e, from, row, 0, length);
        }
    }

    /** The lower triangle by blocks of rows, dealt to and fro as later ones are longer. */
    private void addProducts(Lane lane) {
        int cycle = 2 * lane.count();
        for (int block = 0, first = 0; first < features; block++, first += BLOCK) {
            int turn = block % cycle;
            if (Math.min(turn, cycle - 1 - turn) == lane.index()) {
                int end = Math.min(features, first + BLOCK);
                lane.gemm()
                        .leftTransposed(chunk, 0, first)
                        .right(chunk, 0, 0)
                        .into(scatter, first, 0)
                        .multiply(end - first, end, rows, 1, 1);
            }
        }
    }

    /** Tells all sums. */
    void state(State state) {
        examples = state.count("examples", examples);
        state.matrix("scatter", scatter);
        state.floats("origin", origin);
        int known = state.count("components", counts.size());
        if (state.restores()) {
            counts.clear();
            sums.clear();
        }
        for (int c = 0; c < known; c++) {
            if (state.restores()) {
                counts.add(0L);
                sums.add(new double[features]);
            }
            counts.set(c, state.count("count-" + c, counts.get(c)));
            state.doubles("sum-" + c, sums.get(c));
        }
    }

    int features() {
        return features;
    }

    /** Examples so far. */
    long examples() {
        return examples;
    }

    /** Components seen or named so far; some may have no example. */
    int components() {
        return counts.size();
    }

    long count(int component) {
        return counts.get(component);
    }

    /** Where features count from. */
    float[] origin() {
        return origin;
    }

    /** The sum of a component's features, from the origin; not to be written. */
    double[] sum(int component) {
        return sums.get(component);
    }

    /** Sum over all examples of the products of features from the origin: the lower triangle, column at most row. */
    NativeMatrix scatter() {
        return scatter;
    }

    /** Bytes kept of so many components. */
    static long bytes(int features, int components) {
        return (long) Float.BYTES * features * (features + 1) + (long) Double.BYTES * features * components;
    }

    @Override
    public void close() {
        scatter.close();
    }
}
