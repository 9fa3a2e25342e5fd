package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RepresentationTest {
    private static final double ROUNDING = 1e-6;

    private static Representation of(float[]... rows) {
        return new Representation(rows);
    }

    private static double value(MetricValue value) {
        return value.number().orElseThrow();
    }

    @Test
    void aUnitIsDormantBelowAFortiethOfTheMean() {
        // means 2, 1, 0.02 and 0; their mean is 0.755, of which 0.025 is 0.0189
        Representation features = of(new float[] {3, 1, 0.02f, 0}, new float[] {1, 1, 0.02f, 0});

        assertThat(value(features.dormantRatio())).isEqualTo(0.25);
    }

    @Test
    void theEffectiveRankCountsEqualDirections() {
        assertThat(value(of(new float[] {2, 0, 0}, new float[] {0, 2, 0}).effectiveRank()))
                .isCloseTo(2, within(ROUNDING));
        assertThat(value(of(new float[] {1, 1}, new float[] {2, 2}, new float[] {3, 3})
                        .effectiveRank()))
                .isCloseTo(1, within(ROUNDING));
        double p = 0.75; // singular values 3 and 1
        assertThat(value(of(new float[] {3, 0}, new float[] {0, 1}).effectiveRank()))
                .isCloseTo(Math.exp(-p * Math.log(p) - (1 - p) * Math.log(1 - p)), within(ROUNDING));
    }

    @Test
    void alignmentOfAWorkedExample() {
        // centred: x = (-1, 0, 1), y = (-1, 2, -1): x.y = 0; z = (-1, -1, 2): x.z = 3, |x|^2 = 2, |z|^2 = 6
        Representation x = of(new float[] {1}, new float[] {2}, new float[] {3});
        Representation y = of(new float[] {0}, new float[] {3}, new float[] {0});
        Representation z = of(new float[] {5}, new float[] {5}, new float[] {8});

        assertThat(value(x.cka(y))).isCloseTo(0, within(ROUNDING));
        assertThat(value(x.cka(z))).isCloseTo(9.0 / 12, within(ROUNDING));
    }

    @Property(tries = 50)
    void alignmentIsTheSameAfterRotationAndScaling(@ForAll long seed, @ForAll float angle) {
        Random random = new Random(seed);
        float[][] rows = new float[12][2];
        float[][] turned = new float[12][2];
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {(float) random.nextGaussian(), (float) random.nextGaussian()};
            turned[i] = new float[] {
                (float) (3 * (c * rows[i][0] - s * rows[i][1])), (float) (3 * (s * rows[i][0] + c * rows[i][1]))
            };
        }

        assertThat(value(of(rows).cka(of(turned)))).isCloseTo(1, within(1e-5));
        assertThat(value(of(rows).effectiveRank()))
                .isCloseTo(value(of(turned).effectiveRank()), within(1e-4))
                .isBetween(1.0, 2.0 + ROUNDING);
    }

    @Test
    void whatIsNothingHasNoFigures() {
        Representation zeros = of(new float[2], new float[2]);
        Representation none = of(new float[0], new float[0]);

        assertThat(zeros.dormantRatio()).isEqualTo(MetricValue.of(1));
        assertThat(none.dormantRatio()).isEqualTo(MetricValue.undefined("no unit is open"));
        assertThat(zeros.effectiveRank()).isEqualTo(MetricValue.undefined("no unit is active"));
        assertThat(none.effectiveRank()).isEqualTo(MetricValue.undefined("no unit is open"));
        assertThat(none.cka(zeros)).isEqualTo(MetricValue.undefined("no unit is open"));
        assertThat(zeros.cka(zeros)).isEqualTo(MetricValue.undefined("a representation is the same for all examples"));
        assertThatIllegalArgumentException().isThrownBy(() -> zeros.cka(of(new float[2])));
        assertThatIllegalArgumentException().isThrownBy(() -> of(new float[2], new float[3]));
    }
}
