package sluice.framework.internal.step;

import sluice.framework.internal.kernel.Gemm;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.FreeWeights;
import sluice.framework.internal.layer.GradientFactors;
import sluice.framework.optimizer.ParameterUpdate;

/**
 * Gradient and update of the free blocks of a layer's weights: all open inputs of the free open units, and the free open
 * inputs of the used ones. The frozen block, of used units and used inputs, is skipped: it is never formed. Each lane does its share of the rows.
 *
 * <p>Plain gradient descent needs no gradient at all: the update rides in the matrix multiply. Everything else forms the
 * gradient of a few rows and moves them while they are near, or, where the whole gradient is to be clipped, forms all
 * first. A convolution's gradient is a sum over tiles, which whoever forms it leaves in {@link #target}.
 */
final class FreeBlocks implements FreeWeights, AutoCloseable {
    private static final int PANEL = 64;

    private final WorkingWeights weights;
    private final UnitOrder rows;
    private final UnitOrder columns;
    private final ParameterUpdate update;
    private final boolean formed;
    private final int span;
    /** Gradients; or the weights themselves, where the update rides. */
    private final NativeMatrix target;

    /**
     * @param formed whether the whole gradient is formed before weights move
     */
    FreeBlocks(WorkingWeights weights, UnitOrder rows, UnitOrder columns, ParameterUpdate update, boolean formed) {
        this.weights = weights;
        this.rows = rows;
        this.columns = columns;
        this.update = update;
        this.formed = formed;
        this.span = weights.span();
        boolean rides = update instanceof ParameterUpdate.Linear && !formed;
        this.target = rides
                ? weights.weights()
                : NativeMatrix.allocate(
                        weights.weights().rows(), weights.weights().columns());
    }

    @Override
    public long size() {
        return span * ((long) rows.openFree() * columns.open() + (long) rows.openUsed() * columns.openFree());
    }

    @Override
    public void form(Lane lane, GradientFactors factors, int batch) {
        form(lane, factors, batch, firstFree(lane), endFree(lane), columns.end());
        form(lane, factors, batch, firstUsed(lane), endUsed(lane), columns.boundary());
    }

    private void form(Lane lane, GradientFactors factors, int batch, int from, int to, int endColumn) {
        if (from < to && columns.first() < endColumn) {
            product(lane, factors, from).multiply(to - from, span * (endColumn - columns.first()), batch);
        }
    }

    // free and used rows are shared out each for themselves: they differ in their work

    private int firstFree(Lane lane) {
        return lane.first(rows.first(), rows.boundary());
    }

    private int endFree(Lane lane) {
        return lane.end(rows.first(), rows.boundary());
    }

    private int firstUsed(Lane lane) {
        return lane.first(rows.boundary(), rows.end());
    }

    private int endUsed(Lane lane) {
        return lane.end(rows.boundary(), rows.end());
    }

    /** The product from a row on, which goes to {@link #target}. */
    private Gemm product(Lane lane, GradientFactors factors, int from) {
        int column = columns.first() * span;
        return factors.input()
                .rightTransposed(lane.gemm().left(factors.dz(), from, 0), column)
                .into(target, from, column);
    }

    /** The squared norm of the gradient, once formed. */
    double squares(Lane lane) {
        return squares(lane, rows.first(), rows.boundary(), columns.end())
                + squares(lane, rows.boundary(), rows.end(), columns.boundary());
    }

    private double squares(Lane lane, int from, int to, int endColumn) {
        return lane.rows().squares(target, from, to, columns.first() * span, endColumn * span);
    }

    @Override
    public NativeMatrix target() {
        return target;
    }

    @Override
    public void add(Lane lane, NativeMatrix other, int from, int to) {
        add(lane, other, from, Math.min(to, rows.boundary()), columns.end());
        add(lane, other, Math.max(from, rows.boundary()), to, columns.boundary());
    }

    private void add(Lane lane, NativeMatrix other, int from, int to, int endColumn) {
        lane.rows().add(target, other, from, to, columns.first() * span, endColumn * span);
    }

    @Override
    public void moveFormed(Lane lane, float scale) {
        int free = rows.boundary();
        updateBlock(lane, lane.first(rows.first(), free, 1), lane.end(rows.first(), free, 1), columns.end(), scale);
        updateBlock(lane, lane.first(free, rows.end(), 1), lane.end(free, rows.end(), 1), columns.boundary(), scale);
    }

    @Override
    public void move(Lane lane, GradientFactors factors, int batch, float scale) {
        if (!formed && update instanceof ParameterUpdate.Linear linear) {
            descend(lane, factors, batch, -linear.rate() * scale, linear.keep());
        } else if (formed) {
            updateBlock(lane, firstFree(lane), endFree(lane), columns.end(), scale);
            updateBlock(lane, firstUsed(lane), endUsed(lane), columns.boundary(), scale);
        } else {
            moveByPanels(lane, factors, batch, scale);
        }
    }

    /** The update rides in the product. */
    private void descend(Lane lane, GradientFactors factors, int batch, float rate, float keep) {
        int freeRows = endFree(lane) - firstFree(lane);
        if (freeRows > 0 && columns.open() > 0) {
            product(lane, factors, firstFree(lane)).multiply(freeRows, span * columns.open(), batch, rate, keep);
        }
        int usedRows = endUsed(lane) - firstUsed(lane);
        if (usedRows > 0 && columns.openFree() > 0) {
            product(lane, factors, firstUsed(lane)).multiply(usedRows, span * columns.openFree(), batch, rate, keep);
        }
    }

    private void moveByPanels(Lane lane, GradientFactors factors, int batch, float scale) {
        for (int row = firstFree(lane); row < endFree(lane); row += PANEL) {
            int end = Math.min(endFree(lane), row + PANEL);
            form(lane, factors, batch, row, end, columns.end());
            updateBlock(lane, row, end, columns.end(), scale);
        }
        for (int row = firstUsed(lane); row < endUsed(lane); row += PANEL) {
            int end = Math.min(endUsed(lane), row + PANEL);
            form(lane, factors, batch, row, end, columns.boundary());
            updateBlock(lane, row, end, columns.boundary(), scale);
        }
    }

    private void updateBlock(Lane lane, int from, int to, int endColumn, float scale) {
        if (columns.first() < endColumn) {
            lane.rows()
                    .update(
                            update,
                            weights.weights(),
                            weights.moments(),
                            target,
                            from,
                            to,
                            columns.first() * span,
                            endColumn * span,
                            scale);
        }
    }

    @Override
    public void close() {
        if (target != weights.weights()) {
            target.close();
        }
    }
}
