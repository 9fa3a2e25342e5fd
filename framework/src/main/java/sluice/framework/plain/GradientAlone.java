package sluice.framework.plain;

import sluice.framework.internal.kernel.Arithmetic;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.framework.internal.layer.FreeWeights;
import sluice.framework.internal.layer.GradientFactors;

/**
 * The gradient of weights that are all free. They are moved in the flat array, of which the products see a copy.
 *
 * @param target [units, inputs]
 */
record GradientAlone(NativeMatrix target) implements FreeWeights {
    /** What moves biases: nothing does here. */
    static final Arithmetic UNMOVED = new Arithmetic() {
        @Override
        public int moments() {
            return 0;
        }

        @Override
        public void move(float[] w, float[][] moments, float[] gradient, int from, int to) {
            throw new UnsupportedOperationException(ELSEWHERE);
        }
    };

    private static final String ELSEWHERE = "the flat array's optimiser moves the parameters of a plain network";

    @Override
    public long size() {
        return (long) target.rows() * target.columns();
    }

    @Override
    public void form(Lane lane, GradientFactors factors, int batch) {
        int from = lane.first(0, target.rows());
        int to = lane.end(0, target.rows());
        factors.input()
                .rightTransposed(lane.gemm().left(factors.dz(), from, 0), 0)
                .into(target, from, 0)
                .multiply(to - from, target.columns(), batch);
    }

    @Override
    public void add(Lane lane, NativeMatrix other, int from, int to) {
        lane.rows().add(target, other, from, to, 0, target.columns());
    }

    @Override
    public void moveFormed(Lane lane, float scale) {
        throw new UnsupportedOperationException(ELSEWHERE);
    }

    @Override
    public void move(Lane lane, GradientFactors factors, int batch, float scale) {
        moveFormed(lane, scale);
    }
}
