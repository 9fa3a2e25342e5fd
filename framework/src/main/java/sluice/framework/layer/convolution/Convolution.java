package sluice.framework.layer.convolution;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.Optional;
import sluice.framework.layer.Below;
import sluice.framework.layer.Connection;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.framework.predict.internal.kernel.PatchGrid;

/**
 * A convolutional layer, {@code pool(relu(W * maps below + b)) * gate}: the kernel moves by one pixel, each map has one
 * bias and one gate.
 *
 * @param maps at least 1
 * @param kernel pixels of a side of the kernel, at least 1
 * @param padding what the kernel sees beyond the edge
 * @param pool side of the squares that are pooled, at least 1, which is no pooling; positions that fill no square are left
 *     out
 * @param pooling what of each square goes on; the largest value, whatever is asked for, where there is no pooling
 */
public record Convolution(int maps, int kernel, Padding padding, int pool, Pooling pooling) implements LayerShape {
    /** PoolingWindows have at most this side: where the largest lies in one is kept in a byte. */
    public static final int LARGEST_POOL = 11;

    /** Checks the ranges. */
    public Convolution {
        checkArgument(maps >= 1, "a convolution must have at least 1 map, got %s", maps);
        checkArgument(kernel >= 1, "kernel must be at least 1, got %s", kernel);
        checkNotNull(padding, "padding");
        checkArgument(pool >= 1 && pool <= LARGEST_POOL, "pool must be in [1, %s], got %s", LARGEST_POOL, pool);
        checkNotNull(pooling, "pooling");
        pooling = pool == 1 ? Pooling.MAX : pooling;
    }

    /**
     * A convolution with the largest value of each square.
     *
     * @param maps at least 1
     * @param kernel pixels of a side of the kernel, at least 1
     * @param padding what the kernel sees beyond the edge
     * @param pool side of the squares, 1 for no pooling
     */
    public Convolution(int maps, int kernel, Padding padding, int pool) {
        this(maps, kernel, padding, pool, Pooling.MAX);
    }

    /**
     * A convolution without padding.
     *
     * @param maps at least 1
     * @param kernel pixels of a side of the kernel, at least 1
     * @param pool side of the squares of which the largest value goes on, 1 for no pooling
     */
    public Convolution(int maps, int kernel, int pool) {
        this(maps, kernel, Padding.VALID, pool);
    }

    @Override
    public int units() {
        return maps;
    }

    @Override
    public String kind() {
        return "convolution";
    }

    @Override
    public Optional<String> misfit(Below below) {
        return below.maps().isPresent()
                ? misfit(below.maps().get())
                : Optional.of(
                        below.lowest()
                                ? "a convolution needs images, and these are vectors of %d features: choose data of images, or dense layers"
                                        .formatted(below.features())
                                : "a convolution cannot lie on a dense layer, whose units are no image: put convolutions lowest");
    }

    private Optional<String> misfit(Below.Maps below) {
        int room = padding == Padding.SAME ? Integer.MAX_VALUE : Math.min(below.height(), below.width());
        if (kernel > room) {
            return Optional.of(
                    "a kernel of %d x %d does not fit on maps of %d x %d: make it smaller, or pad them with padding: same"
                            .formatted(kernel, kernel, below.height(), below.width()));
        }
        PatchGrid grid = grid(below);
        return pool > Math.min(grid.rows(), grid.columns())
                ? Optional.of("squares of %d x %d leave nothing of maps of %d x %d: make pool smaller"
                        .formatted(pool, pool, grid.rows(), grid.columns()))
                : Optional.empty();
    }

    private PatchGrid grid(Below.Maps below) {
        return new PatchGrid(below.height(), below.width(), kernel, padding);
    }

    @Override
    public Connection connection(Below below) {
        return new ConvolutionConnection(grid(below.maps().orElseThrow()), pool, pooling);
    }
}
