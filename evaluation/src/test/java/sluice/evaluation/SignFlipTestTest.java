package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignFlipTestTest {
    private static double p(double... differences) {
        return SignFlipTest.of(differences).p();
    }

    /** Worked by hand: the sums of all 2^n assignments, and how many are at least as far from 0. */
    @Test
    void workedExamples() {
        assertThat(p(0.3)).isEqualTo(1); // +-0.3: both of 2
        assertThat(p(1, 2)).isEqualTo(0.5); // 3, 1, -1, -3: 2 of 4
        assertThat(p(1, -2)).isEqualTo(1); // 3, 1, -1, -3, found -1: 4 of 4
        assertThat(p(1, 2, 3)).isEqualTo(0.25); // 6, 4, 2, 0, 0, -2, -4, -6: 2 of 8
        assertThat(p(-1, 2, 3)).isEqualTo(0.5); // found 4: 6, 4, -4, -6
        assertThat(p(1, 1, 1, 1, -1)).isEqualTo(12 / 32.0); // found 3: one or no sign differs from the others'
        assertThat(p(1, 2, 3, 4, 5, 6)).isEqualTo(2 / 64.0);
    }

    /** Fisher's own example, Darwin's 15 pairs of cross- and self-fertilised maize: 863 of 32,768 in one tail. */
    @Test
    void darwinsMaizeGivesFishersFigure() {
        double[] eighthsOfAnInch = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};

        SignFlipTest test = SignFlipTest.of(eighthsOfAnInch);

        assertThat(test.p()).isEqualTo(2 * 863 / 32768.0);
        assertThat(test.exact()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 0.5", "3, 0.25", "4, 0.125", "5, 0.0625", "6, 0.03125"})
    void soFewPairsReachNoLessHoweverLargeTheirDifferences(int pairs, double least) {
        double[] differences = new double[pairs];
        Arrays.fill(differences, 1e6);

        assertThat(SignFlipTest.of(differences).p()).isEqualTo(least);
        assertThat(SignFlipTest.of(differences).leastP()).isEqualTo(least);
    }

    @Test
    void noDifferenceIsNoEvidence() {
        assertThat(p(0, 0, 0, 0, 0, 0, 0)).isEqualTo(1);
        assertThat(p(new double[30])).isEqualTo(1);
    }

    @Test
    void sumsThatRoundDifferentlyAreTies() {
        assertThat(p(0.1, 0.2, -0.3)).isEqualTo(1);
        assertThat(p(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)).isEqualTo(2 / 128.0);
    }

    @Test
    void manyPairsAreDrawnAndAlwaysGiveTheSame() {
        double[] differences = new double[40];
        Arrays.setAll(differences, i -> i % 5 == 0 ? -1 : 1);

        SignFlipTest test = SignFlipTest.of(differences);

        assertThat(test.exact()).isFalse();
        assertThat(test).isEqualTo(SignFlipTest.of(differences));
        // binomial: 2 P(at most 8 of 40 with the other sign)
        assertThat(test.p()).isCloseTo(0.000182, within(0.0001));
    }

    @Test
    void nothingAndWhatIsNotFiniteAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(SignFlipTest::of);
        assertThatIllegalArgumentException().isThrownBy(() -> SignFlipTest.of(1, Double.NaN));
    }

    @Property(tries = 200)
    void pIsAtLeastTheLeastAndDependsOnNeitherOrderNorSignNorScale(
            @ForAll @Size(min = 1, max = 9) List<@IntRange(min = -100, max = 100) Integer> hundredths) {
        double[] differences = hundredths.stream().mapToDouble(i -> i / 100.0).toArray();
        double[] other = new double[differences.length];
        Arrays.setAll(other, i -> -8 * differences[differences.length - 1 - i]);

        SignFlipTest test = SignFlipTest.of(differences);

        assertThat(test.p()).isBetween(test.leastP(), 1.0);
        assertThat(SignFlipTest.of(other).p()).isEqualTo(test.p());
    }

    @Test
    void aPairedDifferenceSaysWhetherItIsMoreThanNoise() {
        double[] zero = new double[6];
        PairedDifference six = PairedDifference.of(zero, new double[] {1, 2, 3, 4, 5, 6});

        assertThat(six.verdict()).isEqualTo(PairedDifference.Verdict.MORE_THAN_NOISE);
        assertThat(six.difference().mean()).isEqualTo(MetricValue.of(3.5));
        assertThat(six.b().n()).isEqualTo(6);
        assertThat(PairedDifference.of(zero, new double[] {1, -2, 3, -4, 5, -6}).verdict())
                .isEqualTo(PairedDifference.Verdict.NOISE);
        assertThat(PairedDifference.of(zero, zero).verdict()).isEqualTo(PairedDifference.Verdict.NONE);
        assertThat(PairedDifference.of(new double[5], new double[] {9, 9, 9, 9, 9})
                        .verdict())
                .isEqualTo(PairedDifference.Verdict.TOO_FEW_PAIRS);
        // a mean of 0 over differences that are not
        assertThat(PairedDifference.of(new double[] {1, 2}, new double[] {2, 1}).verdict())
                .isEqualTo(PairedDifference.Verdict.TOO_FEW_PAIRS);
        assertThatIllegalArgumentException().isThrownBy(() -> PairedDifference.of(zero, new double[2]));
    }
}
