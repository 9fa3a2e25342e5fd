package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RocAreaTest {
    private static double of(float[] known, float... strangers) {
        return RocArea.of(known, strangers).number().orElseThrow();
    }

    @Test
    void countsPairsInWhichTheKnownOneScoresHigherAndTiesHalf() {
        float[] known = {3, 1, 2};

        assertThat(of(known, 0)).isEqualTo(1);
        assertThat(of(known, 4, 5)).isZero();
        assertThat(of(known, 2)).isEqualTo(0.5);
        assertThat(of(known, 1, 3)).isEqualTo((2.5 + 0.5) / 6);
        assertThat(of(new float[] {0, 0, 0}, 0, 0)).isEqualTo(0.5);
    }

    @Test
    void isWhatCountingAllPairsGives() {
        SplittableRandom random = new SplittableRandom(3);
        float[] known = new float[57];
        float[] strangers = new float[31];
        for (int i = 0; i < known.length; i++) {
            known[i] = random.nextInt(20) + 2;
        }
        for (int i = 0; i < strangers.length; i++) {
            strangers[i] = random.nextInt(20);
        }
        double pairs = 0;
        for (float k : known) {
            for (float s : strangers) {
                pairs += k > s ? 1 : k == s ? 0.5 : 0;
            }
        }

        assertThat(of(known, strangers)).isCloseTo(pairs / (57 * 31.0), within(1e-12));
    }

    @Test
    void withoutExamplesOfOneSideItIsUndefined() {
        assertThat(RocArea.of(new float[0], new float[] {1}).text())
                .isEqualTo("undefined because there is no known test example");
        assertThat(RocArea.of(new float[] {1}, new float[0]).text())
                .isEqualTo("undefined because there is no strange test example");
    }
}
