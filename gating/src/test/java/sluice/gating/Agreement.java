package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import sluice.gating.exact.Moments;

/** The checks that estimators have to pass, and wrong ones must not. */
final class Agreement {
    static final int SAMPLES = 200_000;
    static final long SEED = 1308_3432;
    static final double STANDARD_ERRORS = 4;
    static final double VARIANCE_PERCENT = 5;

    private Agreement() {}

    /** Every coordinate of the mean is within 4 standard errors of the exact one. */
    static void assertHits(Moments moments, double[] exact) {
        assertThat(moments.standardErrorsFrom(exact)).isLessThan(STANDARD_ERRORS);
    }

    /** The mean is that of the reference, whose own error counts where it has one, and so is the variance. */
    static void assertReproduces(Moments moments, EstimatorReference.Distribution expected) {
        assertMean(moments, expected);
        double[] variances = moments.variances();
        for (int i = 0; i < variances.length; i++) {
            assertThat(variances[i]).isCloseTo(expected.variance()[i], withinPercentage(VARIANCE_PERCENT));
        }
    }

    static void assertMean(Moments moments, EstimatorReference.Distribution expected) {
        double[] means = moments.means();
        double[] variances = moments.variances();
        for (int i = 0; i < means.length; i++) {
            double error = Math.hypot(Math.sqrt(variances[i] / moments.count()), expected.meanError()[i]);
            assertThat(means[i]).isCloseTo(expected.mean()[i], within(STANDARD_ERRORS * error + 1e-12));
        }
    }
}
