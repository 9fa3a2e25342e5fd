package sluice.framework.discriminant;

import java.util.Arrays;
import java.util.List;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.predict.internal.kernel.FloatMatrix;
import sluice.framework.predict.internal.kernel.HeapMatrix;
import sluice.framework.predict.internal.kernel.LocalFilterPass;
import sluice.framework.predict.internal.kernel.OrderedFilters;
import sluice.tasks.Shape;

/** Computes {@link LocalFilters}, image by image; lanes share out the images. */
final class LocalPass implements FeaturePass {
    private final LocalFilters features;
    private final Lanes lanes;
    private final FeatureUse use;
    private final int taps;
    private final NativeMatrix filters;
    private final List<FloatMatrix> ordered;
    private final LocalFilterPass[] passes;
    private final float[][] raw;

    private FeatureChunk chunk;

    LocalPass(LocalFilters features, Lanes lanes, FeatureUse use) {
        this.features = features;
        this.lanes = lanes;
        this.use = use;
        this.taps = LocalFilters.taps(features.image());
        this.filters = NativeMatrix.allocate(features.groups(), taps);
        filters.put(0, 0, features.filters(), 0, features.filters().length);
        this.ordered = use == FeatureUse.ANSWERS ? OrderedFilters.blocks(features.filters(), taps) : List.of();
        this.passes = new LocalFilterPass[lanes.count()];
        this.raw = new float[lanes.count()][features.inputs()];
    }

    @Override
    public void compute(FeatureChunk next) {
        chunk = next;
        lanes.run(this::share, next.size() * features.multiplyAdds());
    }

    /** Images are dealt out in turn, as a lane's own rounding of shares is meant for larger jobs. */
    private void share(Lane lane) {
        if (passes[lane.index()] == null) {
            passes[lane.index()] = pass(lane);
        }
        for (int i = lane.index(); i < chunk.size(); i += lane.count()) {
            chunk.read(i, raw[lane.index()]);
            passes[lane.index()].image(raw[lane.index()], chunk.into(), i);
        }
    }

    private LocalFilterPass pass(Lane lane) {
        return switch (use) {
            case ANSWERS -> pass(new OrderedFilters(ordered), HeapMatrix::allocate);
            case SUMS -> pass(new FastFilters(lane, filters), NativeMatrix::allocate);
        };
    }

    private LocalFilterPass pass(LocalFilterPass.Product product, FloatMatrix.Allocation memory) {
        Shape.Channels image = features.image();
        return new LocalFilterPass(image.channels(), image.height(), image.width(), features.groups(), product, memory);
    }

    /** By the native library. */
    private record FastFilters(Lane lane, NativeMatrix filters) implements LocalFilterPass.Product {
        @Override
        public void multiply(FloatMatrix patches, int from, int count, FloatMatrix responses) {
            lane.gemm()
                    .leftTransposed((NativeMatrix) patches, 0, 0)
                    .rightTransposed(filters, from, 0)
                    .into((NativeMatrix) responses, 0, 0)
                    .multiply(patches.columns(), count, patches.rows());
        }
    }

    @Override
    public void close() {
        filters.close();
        Arrays.stream(passes).filter(pass -> pass != null).forEach(LocalFilterPass::close);
    }
}
