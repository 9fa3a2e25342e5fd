package sluice.framework.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class HeldOutScoresTest {
    private static final double OUT = Double.NEGATIVE_INFINITY;

    @Test
    void probabilitiesAreThoseOfTheSoftmaxAndOfWhatIsRuledOutZero() {
        double[] scores = {1, 3, OUT};

        assertThat(HeldOutScores.probability(scores, 1, 1)).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-12));
        assertThat(HeldOutScores.probability(scores, 0, 0.5)).isCloseTo(1 / (1 + Math.E), within(1e-12));
        assertThat(HeldOutScores.probability(scores, 2, 1)).isZero();
    }

    @Test
    void theScaleIsThatOfHowOftenScoresAreRight() {
        HeldOutScores sure = new HeldOutScores();
        HeldOutScores often = new HeldOutScores();
        for (int i = 0; i < 100; i++) {
            sure.add(new double[] {0, 8}, 1);
            // by 8 ahead, and wrong in every fourth example
            often.add(new double[] {0, 8}, i % 4 == 0 ? 0 : 1);
        }

        assertThat(sure.scale()).isEqualTo(1);
        assertThat(sure.right()).isEqualTo(100);
        assertThat(often.right()).isEqualTo(75);
        assertThat(HeldOutScores.probability(new double[] {0, 8}, 1, often.scale()))
                .isCloseTo(0.75, within(0.1));
    }

    @Property(tries = 50)
    void typicalityIsTheShareOfOwnExamplesThatFitNoBetter(@ForAll @DoubleRange(min = 0, max = 1) double share) {
        SplittableRandom random = new SplittableRandom(11);
        HeldOutScores scores = new HeldOutScores();
        scores.fits(
                IntStream.range(0, 2001).mapToDouble(i -> random.nextDouble()).toArray());

        assertThat(HeldOutScores.typicality(scores.quantiles().get(0), share)).isCloseTo(share, within(0.04));
    }

    @Test
    void whatFitsWorseThanAllIsOfHardlyAnyTypicalityAndTheWorseOfLess() {
        HeldOutScores scores = new HeldOutScores();
        scores.fits(new double[] {3, 1, 2});

        double[] quantiles = scores.quantiles().get(0);
        double worse = HeldOutScores.typicality(quantiles, 0.5);
        assertThat(HeldOutScores.typicality(quantiles, 1)).isGreaterThan(0.001);
        assertThat(worse).isGreaterThan(0).isLessThan(0.001);
        assertThat(HeldOutScores.typicality(quantiles, -9)).isGreaterThan(0).isLessThan(worse);
        assertThat(HeldOutScores.typicality(quantiles, OUT)).isZero();
        assertThat(HeldOutScores.typicality(quantiles, 3)).isEqualTo(1);
        assertThat(HeldOutScores.typicality(quantiles, 2)).isBetween(0.4, 0.75);
    }
}
