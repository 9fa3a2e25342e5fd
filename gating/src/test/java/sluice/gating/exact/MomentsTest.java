package sluice.gating.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void meanOfConstantVectorsHasNoVariance() {
        Moments moments = new Moments(1);

        for (int i = 0; i < 1000; i++) {
            moments.add(new double[] {0.1});
        }

        assertThat(moments.variances()).containsExactly(0);
        assertThat(moments.standardErrorsFrom(new double[] {0.1})).isZero();
        assertThat(moments.standardErrorsFrom(new double[] {Math.nextUp(0.1)})).isZero();
        assertThat(moments.standardErrorsFrom(new double[] {0.1 + 1e-9})).isInfinite();
    }

    @Test
    void aMeanThatIsNotANumberIsInfinitelyFar() {
        Moments moments = new Moments(1);

        moments.add(new double[] {1});
        moments.add(new double[] {Double.NaN});

        assertThat(moments.standardErrorsFrom(new double[] {1})).isInfinite();
    }

    @Test
    void momentsOfAFewValuesAreThoseOfTheFormulas() {
        Moments moments = new Moments(2);

        for (double x : new double[] {1, 2, 3, 6}) {
            moments.add(new double[] {x, -2 * x});
        }

        assertThat(moments.count()).isEqualTo(4);
        assertThat(moments.means()).containsExactly(new double[] {3, -6}, EXACT);
        assertThat(moments.variances()).containsExactly(new double[] {3.5, 14}, EXACT);
        assertThat(moments.summedVariance()).isCloseTo(17.5, EXACT);
        assertThat(moments.standardError()).isCloseTo(Math.sqrt(17.5 / 4), EXACT);
        assertThat(moments.standardErrorsFrom(new double[] {4, -6})).isCloseTo(1 / Math.sqrt(3.5 / 4), EXACT);
        assertThat(moments.relativeBias(new double[] {4, -6})).isCloseTo(1 / Math.sqrt(52), EXACT);
        assertThat(moments.cosine(new double[] {1, 0})).isCloseTo(1 / Math.sqrt(5), EXACT);
    }
}
