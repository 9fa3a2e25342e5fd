package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {
    /** The column 0.975 of the table in the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, rows 1 to 30. */
    private static final double[] PUBLISHED_95 = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    @Test
    void quantilesAreThoseOfThePublishedTable() {
        for (int n = 1; n <= PUBLISHED_95.length; n++) {
            assertThat(StudentT.twoSidedQuantile(0.95, n)).as("n = " + n).isCloseTo(PUBLISHED_95[n - 1], within(5e-4));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.95, 1, 12.706204736174694",
        "0.95, 2, 4.302652729749462",
        "0.95, 5, 2.5705818356363146",
        "0.95, 30, 2.0422724563012378",
        "0.95, 60, 2.0002978220142604",
        "0.95, 120, 1.9799304050824402",
        "0.95, 1000, 1.9623390808264083",
        "0.99, 1, 63.656741162871526",
        "0.99, 4, 4.604094871349992",
        "0.99, 1000, 2.580754698065951",
        "0.5, 1, 1"
    })
    void quantilesAreExactToTenDigits(double probability, int degreesOfFreedom, double expected) {
        assertThat(StudentT.twoSidedQuantile(probability, degreesOfFreedom))
                .isCloseTo(expected, Percentage.withPercentage(1e-8));
    }

    @Test
    void withManyDegreesOfFreedomItIsTheNormalDistribution() {
        assertThat(StudentT.twoSidedQuantile(0.95, 100_000)).isCloseTo(1.959963985, within(3e-5));
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StudentT.twoSidedQuantile(0.95, 0))
                .withMessage("degreesOfFreedom must be at least 1, got 0");
        for (double probability : new double[] {0, 1, -0.5, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StudentT.twoSidedQuantile(probability, 1))
                    .withMessage("probability must be in (0, 1), got " + probability);
        }
    }
}
