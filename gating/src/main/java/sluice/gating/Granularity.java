package sluice.gating;

/** How many gate samples a mini-batch gets. */
public enum Granularity {
    /** One sample, shared by all examples of the batch: closed units need not be computed for any of them. */
    MINI_BATCH {
        @Override
        public int rows(int batchSize) {
            return 1;
        }
    },
    /** A sample of its own for each example. */
    PER_EXAMPLE {
        @Override
        public int rows(int batchSize) {
            return batchSize;
        }
    };

    /**
     * {@return gate samples drawn for them}
     *
     * @param batchSize examples in the batch
     */
    public abstract int rows(int batchSize);
}
