package sluice.framework.discriminant;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.predict.internal.kernel.LocalResponses;

/** Computes {@link Projections}, each example's in a fixed order; lanes share out the examples. */
final class ProjectionPass implements FeaturePass {
    private final Projections features;
    private final Lanes lanes;
    private final NativeMatrix weights;
    private final NativeMatrix inputs;
    private final LocalResponses[] passes;
    private final float[][] rowsOfLanes;

    private FeatureChunk chunk;

    ProjectionPass(Projections features, Lanes lanes) {
        this.features = features;
        this.lanes = lanes;
        this.weights = NativeMatrix.allocate(features.inputs(), features.count());
        new Lane().mapPasses().transpose(features.weights(), features.count(), weights, 0);
        this.inputs = NativeMatrix.allocate(FeatureStream.CHUNK, features.inputs());
        this.passes = new LocalResponses[lanes.count()];
        this.rowsOfLanes = new float[lanes.count()][features.inputs()];
        for (int i = 0; i < passes.length; i++) {
            passes[i] = new LocalResponses();
        }
    }

    @Override
    public void compute(FeatureChunk next) {
        chunk = next;
        lanes.run(this::share, next.size() * features.multiplyAdds());
    }

    private void share(Lane lane) {
        int from = lane.first(0, chunk.size());
        int to = lane.end(0, chunk.size());
        if (from == to) {
            return;
        }
        float[] row = rowsOfLanes[lane.index()];
        for (int r = from; r < to; r++) {
            chunk.read(r, row);
            for (int i = 0; i < row.length; i++) {
                row[i] = (row[i] - features.means()[i]) * features.scales()[i];
            }
            inputs.put(r, 0, row, 0, row.length);
        }
        lane.orderedProduct()
                .multiply(inputs, from, weights, chunk.into(), from, to - from, features.count(), features.inputs());
        passes[lane.index()].rectify(chunk.into(), from, to, features.biases());
    }

    @Override
    public void close() {
        weights.close();
        inputs.close();
    }
}
