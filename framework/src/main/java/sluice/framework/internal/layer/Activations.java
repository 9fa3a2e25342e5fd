package sluice.framework.internal.layer;

import sluice.framework.internal.kernel.Gemm;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * What a layer takes in, as a factor of matrix multiplies: a batch of examples as they are fed, or the units of the
 * layer below.
 */
public sealed interface Activations {
    /** Makes [units from {@code first} on, batch] the right factor. */
    Gemm right(Gemm gemm, int first);

    /** Where the values are. */
    NativeMatrix values();

    /** Makes [batch, units from {@code first} on] the right factor. */
    Gemm rightTransposed(Gemm gemm, int first);

    /**
     * A row per example.
     *
     * @param values [batch, inputs]
     */
    record OfExamples(NativeMatrix values) implements Activations {
        @Override
        public Gemm right(Gemm gemm, int first) {
            return gemm.rightTransposed(values, 0, first);
        }

        @Override
        public Gemm rightTransposed(Gemm gemm, int first) {
            return gemm.right(values, 0, first);
        }
    }

    /**
     * A row per value of a unit, of which those of one unit lie side by side.
     *
     * @param values [units * values of each, batch]
     */
    record OfUnits(NativeMatrix values) implements Activations {
        @Override
        public Gemm right(Gemm gemm, int first) {
            return gemm.right(values, first, 0);
        }

        @Override
        public Gemm rightTransposed(Gemm gemm, int first) {
            return gemm.rightTransposed(values, first, 0);
        }
    }
}
