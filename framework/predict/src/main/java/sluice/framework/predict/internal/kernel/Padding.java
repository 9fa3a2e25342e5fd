package sluice.framework.predict.internal.kernel;

/** What a convolution sees beyond the edge of its input. */
public enum Padding {
    /** Nothing: the kernel stays inside, and the output is smaller than the input. */
    VALID {
        @Override
        int before(int kernel) {
            return 0;
        }

        @Override
        int added(int kernel) {
            return 0;
        }
    },

    /** Zeros, so many that the output is as large as the input; of an odd number of them, one more after it. */
    SAME {
        @Override
        int before(int kernel) {
            return (kernel - 1) / 2;
        }

        @Override
        int added(int kernel) {
            return kernel - 1;
        }
    };

    /** Zeros before the first pixel of a row or column. */
    abstract int before(int kernel);

    /** Zeros before and after it. */
    abstract int added(int kernel);
}
