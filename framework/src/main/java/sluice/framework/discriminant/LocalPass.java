package sluice.framework.discriminant;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.kernel.LocalResponses;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.kernel.PatchGrid;

/** Computes {@link LocalFilters}, image by image; lanes share out the images. */
final class LocalPass implements FeaturePass {
    /** Filters at a time: the responses of an image to them stay in the cache. */
    private static final int BLOCK = 256;

    private final LocalFilters features;
    private final Lanes lanes;
    private final PatchGrid grid;
    private final int taps;
    private final NativeMatrix filters;
    private final float[][] vertical;
    private final float[][] horizontal;
    private final Scratch[] scratch;

    private FeatureChunk chunk;

    LocalPass(LocalFilters features, Lanes lanes) {
        this.features = features;
        this.lanes = lanes;
        this.grid = features.grid();
        this.taps = LocalFilters.taps(features.image());
        this.filters = NativeMatrix.allocate(features.groups(), taps);
        filters.put(0, 0, features.filters(), 0, features.filters().length);
        this.vertical = LocalFilters.gaussians(grid.rows());
        this.horizontal = LocalFilters.gaussians(grid.columns());
        this.scratch = new Scratch[lanes.count()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = new Scratch();
        }
    }

    @Override
    public void compute(FeatureChunk next) {
        chunk = next;
        lanes.run(this::share, next.size() * features.multiplyAdds());
    }

    /** Images are dealt out in turn, as a lane's own rounding of shares is meant for larger jobs. */
    private void share(Lane lane) {
        for (int i = lane.index(); i < chunk.size(); i += lane.count()) {
            scratch[lane.index()].image(lane, i);
        }
    }

    @Override
    public void close() {
        filters.close();
        for (Scratch one : scratch) {
            one.close();
        }
    }

    private final class Scratch {
        private final int block = Math.min(BLOCK, features.groups());
        private final LocalResponses passes = new LocalResponses();
        private final float[] raw = new float[features.inputs()];
        private final int channels = features.image().channels();
        private final float[] framed = new float[channels * grid.pixels()];
        private final NativeMatrix image = NativeMatrix.allocate(channels, grid.pixels());
        private final NativeMatrix patches = NativeMatrix.allocate(taps, grid.positions());
        private final NativeMatrix responses = NativeMatrix.allocate(grid.positions(), block);

        void image(Lane lane, int row) {
            chunk.read(row, raw);
            for (int channel = 0; channel < channels; channel++) {
                frame(channel);
            }
            image.put(0, 0, framed, 0, framed.length);
            lane.patches().gather(grid, grid.whole(), 1, image, 0, channels, patches);
            passes.normalise(patches, LocalFilters.SOFTENING);
            for (int f = 0; f < features.groups(); f += block) {
                filter(lane, f, Math.min(block, features.groups() - f), row);
            }
        }

        private void filter(Lane lane, int from, int count, int row) {
            int positions = grid.positions();
            lane.gemm()
                    .leftTransposed(patches, 0, 0)
                    .rightTransposed(filters, from, 0)
                    .into(responses, 0, 0)
                    .multiply(positions, count, taps);
            passes.pool(
                    responses,
                    count,
                    LocalFilters.THRESHOLD,
                    vertical,
                    horizontal,
                    chunk.into(),
                    row,
                    from,
                    features.groups());
        }

        /** Continues a channel of the image beyond its edge. */
        private void frame(int channel) {
            int height = features.image().height();
            int width = features.image().width();
            int framedWidth = width + 2 * LocalFilters.EDGE;
            int first = channel * height * width;
            for (int y = 0, at = channel * grid.pixels(); y < height + 2 * LocalFilters.EDGE; y++) {
                int source = first + Math.min(height - 1, Math.max(0, y - LocalFilters.EDGE)) * width;
                for (int x = 0; x < framedWidth; x++, at++) {
                    framed[at] = raw[source + Math.min(width - 1, Math.max(0, x - LocalFilters.EDGE))];
                }
            }
        }

        void close() {
            image.close();
            patches.close();
            responses.close();
        }
    }
}
