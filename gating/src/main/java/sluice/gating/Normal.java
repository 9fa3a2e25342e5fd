package sluice.gating;

/** The standard normal distribution. */
final class Normal {
    private Normal() {}

    static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /**
     * Phi, by Simpson's rule from 0 (to about 1e-11) where it is not 0 or 1 to double precision.
     */
    static double distribution(double x) {
        if (Math.abs(x) > 8.5) {
            return x > 0 ? 1 : 0;
        }
        int intervals = 256;
        double step = x / intervals;
        double sum = density(0) + density(x);
        for (int i = 1; i < intervals; i++) {
            sum += (i % 2 == 1 ? 4 : 2) * density(i * step);
        }
        // far out in a tail, rounding would leave [0, 1]
        return Math.max(0, Math.min(1, 0.5 + sum * step / 3));
    }
}
