package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

class GeneratorDataTest {
    @Test
    void valuesOutsideOfTheUnitIntervalAreRefused() {
        Examples fine = Examples.of(new float[][] {{0, 1}}, new int[] {0});
        Examples outside = Examples.of(new float[][] {{0, 0}, {0, 2}}, new int[] {0, 1});
        DataSet set = DataSet.of("two", fine, outside, Map.of());

        assertThatThrownBy(() -> new GeneratorData(set, Normalisation.NONE, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("example 2 has the value 2.0 at feature 2, a generator models values in [0, 1]");
        assertThat(new GeneratorData(set, new Normalisation(0, 0.5f), 1, 0).classes())
                .isOne();
    }

    @Test
    void somethingMustBeLeftToLearnFrom() {
        assertThatThrownBy(() -> Stripes.data(200))
                .hasMessage("validation must be in [0, 199], as there are 200 training examples, got 200");
    }

    @Test
    void theLastExamplesAreHeldOutAndTestImagesAreDrawnOnce() {
        GeneratorData data = Stripes.data(50);
        float[] once = new float[Stripes.FEATURES];
        float[] again = new float[Stripes.FEATURES];

        data.test(ImageBinarisation.DYNAMIC).binarised(3, once, null);
        data.test(ImageBinarisation.FIXED).binarised(3, again, null);

        assertThat(data.train(ImageBinarisation.FIXED).size()).isEqualTo(150);
        assertThat(data.held(ImageBinarisation.FIXED).label(0))
                .isEqualTo(data.set().train().label(150));
        assertThat(once).isEqualTo(again).containsOnly(0, 1);
    }
}
