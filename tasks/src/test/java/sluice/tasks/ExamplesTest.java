package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final Examples THREE =
            Examples.of(new float[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, new int[] {0, 1, 2});
    private static final FeatureMap TURNED = new FeatureMap.Permutation(new int[] {2, 0, 1});

    @Test
    void anExampleIsReadIntoTheBeginningOfWhatMayBeLonger() {
        float[] into = {-1, -1, -1, -1, -1};

        THREE.read(1, into);

        assertThat(into).containsExactly(4, 5, 6, -1, -1);
    }

    @Test
    void aViewMapsFeaturesAndKeepsLabels() {
        Examples view = THREE.through(TURNED);

        assertThat(view.row(0)).containsExactly(3, 1, 2);
        assertThat(view.labels()).containsExactly(0, 1, 2);
        assertThat(THREE.row(0)).containsExactly(1, 2, 3);
    }

    @Test
    void aSelectionOfAViewIsAViewOfTheSelection() {
        int[] chosen = {2, 0};

        Examples selected = THREE.through(TURNED).select(chosen, label -> label + 5);

        assertThat(selected.row(0)).containsExactly(9, 7, 8);
        assertThat(selected.row(1))
                .isEqualTo(THREE.select(chosen, label -> label).through(TURNED).row(1));
        assertThat(selected.labels()).containsExactly(7, 5);
    }

    @Test
    void aMapThatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> THREE.through(new FeatureMap.Permutation(new int[] {1, 0})))
                .withMessage("a map of 2 features cannot serve examples of 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> THREE.through(TURNED).through(TURNED))
                .withMessageContaining("go through a map already");
    }

    @Test
    void aViewSharesTheFeaturesWithWhatItWasTakenFrom() {
        float[] values = {1, 2, 3};
        Examples view = Examples.of(values, 3, new int[] {0}).through(TURNED);

        values[2] = 9;

        assertThat(view.row(0)).containsExactly(9, 1, 2);
    }
}
