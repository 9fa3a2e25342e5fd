package sluice.gating;

import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** Derivatives by central differences, which no formula under test takes part in. */
public final class CentralDifferences {
    private static final double STEP = 1e-5;

    private CentralDifferences() {}

    public static double derivative(DoubleUnaryOperator function, double at) {
        return (function.applyAsDouble(at + STEP) - function.applyAsDouble(at - STEP)) / (2 * STEP);
    }

    public static double[] gradient(ToDoubleFunction<double[]> function, double[] at) {
        double[] gradient = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            int unit = i;
            gradient[i] = derivative(
                    x -> {
                        double[] moved = at.clone();
                        moved[unit] = x;
                        return function.applyAsDouble(moved);
                    },
                    at[i]);
        }
        return gradient;
    }
}
