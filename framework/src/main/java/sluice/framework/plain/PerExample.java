package sluice.framework.plain;

/**
 * What is made of each example's own gradient before the sum over examples. A weight's gradient at one example is the
 * product of its input and of the gradient at its unit, so that the square and the magnitude of the product are the
 * products of squares and of magnitudes: a sum over a batch costs one matrix multiply, not a pass per example.
 */
public enum PerExample {
    /** Its square: the diagonal of the empirical Fisher information. */
    SQUARE {
        @Override
        float of(float value) {
            return value * value;
        }

        @Override
        void apply(float[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] *= values[i];
            }
        }
    },
    /** Its magnitude: the sensitivity that MAS takes (Aljundi et al. 2018, eq. 3). */
    MAGNITUDE {
        @Override
        float of(float value) {
            return Math.abs(value);
        }

        @Override
        void apply(float[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] = Math.abs(values[i]);
            }
        }
    };

    abstract float of(float value);

    /** The same in the place of the first so many values. */
    abstract void apply(float[] values, int count);
}
