package sluice.framework.predict;

import static sluice.framework.predict.internal.kernel.Arguments.checkArgument;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.framework.predict.file.Description;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.framework.predict.internal.kernel.PatchGrid;
import sluice.framework.predict.internal.layer.DenseGeometry;
import sluice.framework.predict.internal.layer.LayerGeometry;
import sluice.framework.predict.internal.layer.PooledGrid;
import sluice.framework.predict.internal.layer.SquarePooling;

/**
 * The hidden layers of a network, and how each lies on what is below it: convolutions below dense layers.
 *
 * @param features of an example
 * @param hidden units by layer
 * @param lowest units or channels below the lowest layer
 * @param geometries by layer
 * @param headSpan values of a unit of the last hidden layer
 */
record StackShape(int features, List<Integer> hidden, int lowest, List<LayerGeometry> geometries, int headSpan) {
    private static final int LARGEST_POOL = 11;

    static StackShape of(Description description) {
        int features = description.get("inputs").integer();
        List<Integer> hidden = description.get("hidden").integers();
        checkArgument(
                features > 0 && !hidden.isEmpty() && hidden.stream().allMatch(units -> units > 0),
                "it has no inputs or layers");
        Optional<Description> maps = description.find("maps");
        List<Description> convolutions =
                maps.map(all -> all.get("convolutions").list()).orElse(List.of());
        checkArgument(
                convolutions.size() <= hidden.size() && (maps.isEmpty() || !convolutions.isEmpty()),
                "it has not so many convolutions");
        List<LayerGeometry> geometries = new ArrayList<>();
        int span = 1;
        int height = maps.map(all -> all.get("height").integer()).orElse(0);
        int width = maps.map(all -> all.get("width").integer()).orElse(0);
        for (int l = 0; l < hidden.size(); l++) {
            if (l < convolutions.size()) {
                PooledGrid grid = grid(convolutions.get(l), height, width);
                geometries.add(grid);
                height = grid.height();
                width = grid.width();
                span = grid.values();
            } else {
                geometries.add(new DenseGeometry(span));
                span = 1;
            }
        }
        int lowest = maps.map(all -> all.get("channels").integer()).orElse(features);
        checkArgument(
                lowest > 0 && (maps.isEmpty() || isImage(maps.get(), features)), "maps have not %s inputs", features);
        return new StackShape(features, hidden, lowest, List.copyOf(geometries), span);
    }

    private static boolean isImage(Description maps, int features) {
        long pixels = Math.multiplyExact(
                (long) maps.get("height").integer(), (long) maps.get("width").integer());
        return Math.multiplyExact(pixels, (long) maps.get("channels").integer()) == features;
    }

    private static PooledGrid grid(Description convolution, int height, int width) {
        Padding padding = Padding.valueOf(convolution.get("padding").text());
        PatchGrid grid = new PatchGrid(height, width, convolution.get("kernel").integer(), padding);
        int pool = convolution.get("pool").integer();
        checkArgument(
                pool >= 1 && pool <= LARGEST_POOL && pool <= Math.min(grid.rows(), grid.columns()),
                "squares of %s x %s do not fit",
                pool,
                pool);
        boolean mean = pool > 1
                && convolution.find("pooling").map(Description::text).stream().anyMatch("AVERAGE"::equals);
        return new PooledGrid(grid, pool, mean ? SquarePooling.MEAN : SquarePooling.LARGEST);
    }

    int layers() {
        return hidden.size();
    }

    int units(int layer) {
        return hidden.get(layer);
    }

    /** Units below a layer. */
    int below(int layer) {
        return layer == 0 ? lowest : hidden.get(layer - 1);
    }

    LayerGeometry geometry(int layer) {
        return geometries.get(layer);
    }

    LayerGeometry headGeometry() {
        return new DenseGeometry(headSpan);
    }

    /** Weights of a unit. */
    long inputs(int layer) {
        return Math.multiplyExact(
                (long) below(layer), (long) geometries.get(layer).weightsPerUnitBelow());
    }
}
