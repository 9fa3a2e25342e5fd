package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSetTest {
    private static final Examples SIX_FEATURES = Examples.of(new float[][] {{1, 2, 3, 4, 5, 6}}, new int[] {0});
    private static final DataSet DATA = DataSet.of("six", SIX_FEATURES, SIX_FEATURES, Map.of());

    @Test
    void arraysAreVectorsUnlessTheyAreSaidToBeImages() {
        assertThat(DATA.shape()).isEqualTo(new Shape.Vector(6));
        assertThat(DATA.withShape(new Shape.Image(2, 3)).shape()).isEqualTo(new Shape.Image(2, 3));
    }

    @Test
    void aShapeOfAnotherNumberOfFeaturesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DATA.withShape(new Shape.Image(2, 2)))
                .withMessage("data set six has 6 features, its shape Image[height=2, width=2] has 4");
    }

    @ParameterizedTest
    @CsvSource({"0,3,height must be at least 1", "3,-1,width must be at least 1", "65536,65536,is too large"})
    void aShapeOutOfRangeIsRefused(int height, int width, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Shape.Image(height, width))
                .withMessageContaining(message);
    }

    @Test
    void imagesGetAFrameOfZerosPerChannel() {
        Examples examples = Examples.of(new float[][] {{1, 2, 3, 4}}, new int[] {7});
        DataSet lines = DataSet.of("lines", examples, examples, Map.of());

        DataSet grey = lines.withShape(new Shape.Image(2, 2)).padded(1);
        DataSet colour = lines.withShape(new Shape.Channels(2, 1, 2)).padded(1);

        assertThat(grey.shape()).isEqualTo(new Shape.Image(4, 4));
        assertThat(grey.train().row(0)).containsExactly(0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0);
        assertThat(grey.test().label(0)).isEqualTo(7);
        assertThat(colour.shape()).isEqualTo(new Shape.Channels(2, 3, 4));
        assertThat(colour.train().row(0))
                .containsExactly(0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0);
    }

    @Test
    void whatIsNoImageGetsNoFrame() {
        Examples examples = Examples.of(new float[][] {{1, 2}}, new int[] {0});
        DataSet lines = DataSet.of("lines", examples, examples, Map.of());

        assertThat(lines.padded(0)).isSameAs(lines);
        assertThatThrownBy(() -> lines.padded(1))
                .isInstanceOf(InputException.class)
                .hasMessage("its examples are no images, around which there could be a frame");
        assertThatThrownBy(() -> lines.padded(-1)).hasMessage("pixels must be at least 0, got -1");
    }
}
