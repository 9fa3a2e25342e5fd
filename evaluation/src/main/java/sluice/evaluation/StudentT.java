package sluice.evaluation;

import static com.google.common.base.Preconditions.checkArgument;

/** Student's t distribution, as intervals around a mean need it. */
final class StudentT {
    private static final int BISECTIONS = 100;

    private StudentT() {}

    /**
     * The t with P(|X| &lt;= t) = probability, which is the (1 + probability)/2 quantile. Found by bisection of the angle
     * theta = atan(t / sqrt(n)), in which the probability is a finite sum; the relative error is below 1e-10 up to 10000
     * degrees of freedom. The time taken is proportional to the degrees of freedom.
     *
     * @param probability in (0, 1)
     * @param degreesOfFreedom n, at least 1
     * @return t, above 0
     * @throws IllegalArgumentException if an argument is out of range
     */
    static double twoSidedQuantile(double probability, int degreesOfFreedom) {
        checkArgument(probability > 0 && probability < 1, "probability must be in (0, 1), got %s", probability);
        checkArgument(degreesOfFreedom >= 1, "degreesOfFreedom must be at least 1, got %s", degreesOfFreedom);
        double low = 0;
        double high = Math.PI / 2;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (probabilityWithin(middle, degreesOfFreedom) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.tan((low + high) / 2) * Math.sqrt(degreesOfFreedom);
    }

    /** P(|X| <= sqrt(n) tan(theta)): Abramowitz and Stegun 1964, 26.7.3 for odd n, 26.7.4 for even n. */
    private static double probabilityWithin(double theta, int n) {
        double sine = Math.sin(theta);
        double squaredCosine = Math.cos(theta) * Math.cos(theta);
        boolean isOdd = n % 2 == 1;
        double term = isOdd ? Math.cos(theta) : 1;
        double sum = 0;
        for (int k = isOdd ? 3 : 2; k <= n; k += 2) {
            sum += term;
            term *= squaredCosine * (k - 1) / k;
        }
        return isOdd ? 2 / Math.PI * (theta + sine * sum) : sine * sum;
    }
}
