package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureMapTest {
    private static float[] mapped(FeatureMap map, float... features) {
        float[] into = new float[features.length];
        map.apply(features, 0, into);
        return into;
    }

    @Test
    void aPermutationSaysWhichFeatureComesFirst() {
        assertThat(mapped(new FeatureMap.Permutation(new int[] {2, 0, 1}), 5, 6, 7))
                .containsExactly(7, 5, 6);
    }

    @Test
    void aPermutationKeepsAnOrderOfItsOwn() {
        int[] order = {1, 0};
        FeatureMap map = new FeatureMap.Permutation(order);

        order[0] = 0;

        assertThat(mapped(map, 5, 6)).containsExactly(6, 5);
    }

    @Test
    void whatIsNoPermutationIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureMap.Permutation(new int[] {0, 3, 1}))
                .withMessage("a permutation of 3 features has each of 0 to 2 once, got 3 at 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureMap.Permutation(new int[] {0, -1}))
                .withMessageContaining("got -1 at 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureMap.Permutation(new int[] {1, 0, 1}))
                .withMessage("a permutation has each feature once, got 1 at 0 and at 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FeatureMap.Permutation(new int[0]))
                .withMessageContaining("at least one feature");
    }

    @Test
    void aQuarterTurnBringsTheRightSideToTheTop() {
        assertThat(mapped(Rotation.of(3, 3, 90), 1, 2, 3, 4, 5, 6, 7, 8, 9)).containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 360, -720})
    void aWholeTurnChangesNothingWhateverTheShape(double degrees) {
        assertThat(mapped(Rotation.of(2, 3, degrees), 1, 2, 3, 4, 5, 6)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void whatComesInFromOutsideIsZero() {
        assertThat(mapped(Rotation.of(1, 3, 90), 1, 2, 3)).containsExactly(0, 2, 0);
    }

    @Test
    void aSlantIsInterpolatedBilinearly() {
        double root = Math.sqrt(0.5);

        float[] turned = mapped(Rotation.of(3, 3, 45), 0, 0, 0, 0, 0, 1, 0, 0, 0);

        // the pixel to the right of the centre goes half way between right and top: the corner, at sqrt(2) from the
        // centre, comes from sqrt(2) to the right; the neighbours come from (r, r) with r = sqrt(1/2)
        assertThat(turned[2]).isCloseTo((float) (2 - 2 * root), within(1e-5f));
        assertThat(turned[1]).isCloseTo((float) (root * (1 - root)), within(1e-5f));
        assertThat(turned[5]).isCloseTo((float) (root * (1 - root)), within(1e-5f));
        assertThat(turned[8]).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0,3,5,height", "3,0,5,width", "3,3,NaN,degrees", "3,3,Infinity,degrees"})
    void aRotationOutOfRangeIsRefused(int height, int width, double degrees, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rotation.of(height, width, degrees))
                .withMessageStartingWith(name + " must be ");
    }
}
