package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KnownLabelsTest {
    private static final Images IMAGES = Stripes.data(0).train(ImageBinarisation.FIXED);

    @Test
    void asManyAreKnownOfEachClass() {
        int[] counts = new int[Stripes.SIDE];

        KnownLabels.choose(IMAGES, 12, Stripes.SIDE, new Random(3))
                .forEach(position -> counts[IMAGES.label(position)]++);

        assertThat(counts).containsExactly(3, 3, 3, 3);
    }

    @Test
    void aRestGoesToTheFirstClasses() {
        int[] counts = new int[Stripes.SIDE];

        KnownLabels.choose(IMAGES, 10, Stripes.SIDE, new Random(3))
                .forEach(position -> counts[IMAGES.label(position)]++);

        assertThat(counts).containsExactly(3, 3, 2, 2);
    }

    @Test
    void anotherDrawKnowsOthers() {
        assertThat(KnownLabels.choose(IMAGES, 12, Stripes.SIDE, new Random(3)))
                .isSorted()
                .doesNotHaveDuplicates()
                .isNotEqualTo(KnownLabels.choose(IMAGES, 12, Stripes.SIDE, new Random(4)));
    }

    @Test
    void moreThanThereAreAreAll() {
        assertThat(KnownLabels.choose(IMAGES, Integer.MAX_VALUE, Stripes.SIDE, new Random(3)))
                .hasSize(200);
    }
}
