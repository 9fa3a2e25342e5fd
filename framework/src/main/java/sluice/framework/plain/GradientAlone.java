package sluice.framework.plain;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.Activations;
import sluice.framework.internal.layer.FreeWeights;

/**
 * The gradient of weights that are all free. They are moved in the flat array, of which the products see a copy.
 *
 * @param target [units, inputs]
 */
record GradientAlone(NativeMatrix target) implements FreeWeights {
    @Override
    public long size() {
        return (long) target.rows() * target.columns();
    }

    @Override
    public void form(Lane lane, NativeMatrix dz, Activations input, int batch) {
        int from = lane.first(0, target.rows());
        int to = lane.end(0, target.rows());
        input.rightTransposed(lane.gemm().left(dz, from, 0), 0)
                .into(target, from, 0)
                .multiply(to - from, target.columns(), batch);
    }

    @Override
    public void add(Lane lane, NativeMatrix other, int from, int to) {
        lane.rows().add(target, other, from, to, 0, target.columns());
    }

    @Override
    public void moveFormed(Lane lane, float scale) {
        throw new UnsupportedOperationException("the flat array's optimiser moves the weights of a plain network");
    }

    @Override
    public void move(Lane lane, NativeMatrix dz, Activations input, int batch, float scale) {
        moveFormed(lane, scale);
    }
}
