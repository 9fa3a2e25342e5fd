package sluice.framework.inference;

/** A density that is a product over features, so that its logarithm is a sum of terms of each. */
enum ProductForm {
    /** Features in [0, 1], by how often they are on: {@code x log p + (1 - x) log(1 - p)}. */
    BERNOULLI(1) {
        @Override
        void terms(float[] row, int[] order, InputScale scale, float[] into) {
            for (int k = 0; k < order.length; k++) {
                float value = scale.of(row[order[k]]);
                // comparisons, as the library's least and most take several times as long
                into[k] = value >= 0 ? value <= 1 ? value : 1 : 0;
            }
        }

        @Override
        double weigh(FeatureMoments of, double floor, float[] weights, int at) {
            double on = (of.sum() + PRIOR) / (of.count() + 2 * PRIOR);
            weights[at] = (float) Math.log(on / (1 - on));
            return Math.log(1 - on);
        }
    },
    /** Features by mean and variance: {@code -(x - m)^2 / 2v - log(2 pi v) / 2}. */
    GAUSSIAN(2) {
        @Override
        void terms(float[] row, int[] order, InputScale scale, float[] into) {
            for (int k = 0; k < order.length; k++) {
                float value = scale.of(row[order[k]]);
                into[2 * k] = value;
                into[2 * k + 1] = value * value;
            }
        }

        @Override
        double weigh(FeatureMoments of, double floor, float[] weights, int at) {
            double mean = of.sum() / of.count();
            double variance = Math.max(0, of.squares() / of.count() - mean * mean) + floor;
            weights[at] = (float) (mean / variance);
            weights[at + 1] = (float) (-0.5 / variance);
            return -0.5 * (mean * mean / variance + Math.log(2 * Math.PI * variance));
        }
    };

    /** Examples that are on, and as many that are off, which every task begins with: half of each (Krichevsky & Trofimov 1981). */
    private static final double PRIOR = 0.5;

    private final int perFeature;

    ProductForm(int perFeature) {
        this.perFeature = perFeature;
    }

    /**
     * What is known of a feature of a task.
     *
     * @param count examples
     * @param sum of its values
     * @param squares sum of their squares
     */
    record FeatureMoments(double count, double sum, double squares) {}

    /** Terms of a feature. */
    int perFeature() {
        return perFeature;
    }

    /** Writes the terms of all features of a row, scaled, in an order. */
    abstract void terms(float[] row, int[] order, InputScale scale, float[] into);

    /** Writes the weights of the terms, and returns what is added whatever the value. */
    abstract double weigh(FeatureMoments of, double floor, float[] weights, int at);
}
