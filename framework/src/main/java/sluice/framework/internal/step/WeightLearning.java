package sluice.framework.internal.step;

import sluice.framework.internal.kernel.Gemm;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.Activations;
import sluice.framework.internal.layer.FreeWeights;
import sluice.framework.optimizer.ParameterUpdate;

/**
 * Gradient and update of the free blocks of a layer's weights: all open inputs of the free open units, and the free open
 * inputs of the used ones. The block of used units and used inputs is never formed. Each lane does its share of the rows.
 *
 * <p>Plain gradient descent needs no gradient at all: the update rides in the matrix multiply. Everything else forms the
 * gradient of a few rows and moves them while they are near, or, where the whole gradient is to be clipped, forms all
 * first. A convolution's gradient is a sum over tiles, which whoever forms it leaves in {@link #target}.
 */
final class WeightLearning implements FreeWeights, AutoCloseable {
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
    WeightLearning(WorkingWeights weights, UnitOrder rows, UnitOrder columns, ParameterUpdate update, boolean formed) {
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
    public void form(Lane lane, NativeMatrix dz, Activations input, int batch) {
        form(lane, dz, input, batch, firstFree(lane), endFree(lane), columns.open());
        form(lane, dz, input, batch, firstUsed(lane), endUsed(lane), columns.openFree());
    }

    private void form(Lane lane, NativeMatrix dz, Activations input, int batch, int from, int to, int count) {
        multiply(lane.gemm(), dz, input, batch, from, to, count, 1, 0);
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

    private void multiply(
            Gemm gemm,
            NativeMatrix dz,
            Activations input,
            int batch,
            int from,
            int to,
            int count,
            float alpha,
            float beta) {
        if (from < to && count > 0) {
            input.rightTransposed(gemm.left(dz, from, 0), columns.first() * span)
                    .into(target, from, columns.first() * span)
                    .multiply(to - from, count * span, batch, alpha, beta);
        }
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
    public void move(Lane lane, NativeMatrix dz, Activations input, int batch, float scale) {
        move(lane, dz, input, batch, scale, firstFree(lane), endFree(lane), columns.end());
        move(lane, dz, input, batch, scale, firstUsed(lane), endUsed(lane), columns.boundary());
    }

    private void move(
            Lane lane, NativeMatrix dz, Activations input, int batch, float scale, int from, int to, int endColumn) {
        int count = endColumn - columns.first();
        if (formed) {
            updateBlock(lane, from, to, endColumn, scale);
        } else if (update instanceof ParameterUpdate.Linear linear) {
            multiply(lane.gemm(), dz, input, batch, from, to, count, -linear.rate() * scale, linear.keep());
        } else {
            for (int panel = from; panel < to; panel += PANEL) {
                int end = Math.min(to, panel + PANEL);
                form(lane, dz, input, batch, panel, end, count);
                updateBlock(lane, panel, end, endColumn, scale);
            }
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
