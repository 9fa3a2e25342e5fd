package sluice.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Examples of unsigned bytes are read as the same numbers would be that are floats. */
class ByteExamplesTest {
    private static final int HEIGHT = 2;
    private static final int WIDTH = 3;
    private static final int FEATURES = HEIGHT * WIDTH;
    private static final int IMAGES = 4;

    private static Examples floats(byte[] values) {
        float[] same = new float[values.length];
        for (int i = 0; i < same.length; i++) {
            same[i] = Byte.toUnsignedInt(values[i]);
        }
        return Examples.of(same, FEATURES, new int[] {3, 1, 4, 1});
    }

    private static Examples bytes(byte[] values) {
        return Examples.ofBytes(values, FEATURES, new int[] {3, 1, 4, 1});
    }

    private static void assertSame(Examples left, Examples right) {
        assertThat(left.labels()).containsExactly(right.labels());
        for (int i = 0; i < right.size(); i++) {
            assertThat(left.row(i)).containsExactly(right.row(i));
        }
    }

    @Property
    void asTheyAreAndThroughEveryMap(
            @ForAll @Size(IMAGES * FEATURES) byte[] values,
            @ForAll @DoubleRange(min = -360, max = 360) double degrees) {
        FeatureMap order = new FeatureMap.Permutation(new int[] {5, 2, 0, 1, 4, 3});

        assertSame(bytes(values), floats(values));
        for (FeatureMap map : List.of(order, Rotation.of(HEIGHT, WIDTH, degrees))) {
            assertSame(bytes(values).through(map), floats(values).through(map));
        }
    }

    @Property
    void selectedAndWithAFrame(@ForAll @Size(IMAGES * FEATURES) byte[] values) {
        int[] chosen = {2, 0, 2};
        Padding padding = Padding.around(new Shape.Image(HEIGHT, WIDTH), 2);
        Examples some = bytes(values).select(chosen, label -> label + 1);

        assertSame(some, floats(values).select(chosen, label -> label + 1));
        assertSame(padding.of(some), padding.of(floats(values).select(chosen, label -> label + 1)));
    }

    @Property
    void someFeaturesAloneAndWhichOfThemDiffer(
            @ForAll @Size(IMAGES * FEATURES) byte[] values,
            @ForAll @IntRange(min = -1, max = 256) int value,
            @ForAll boolean half) {
        int[] chosen = {4, 0, 3};
        float compared = half ? value + 0.5f : value;
        FeatureMap order = new FeatureMap.Permutation(new int[] {5, 2, 0, 1, 4, 3});
        values[0] = (byte) value;

        for (Examples examples : List.of(
                bytes(values), bytes(values).through(order), floats(values).through(order))) {
            boolean[] differing = examples.differing(compared);
            Examples some = examples.features(chosen);
            assertThat(some.features()).isEqualTo(chosen.length);
            assertThat(some.computed()).isFalse();
            for (int i = 0; i < FEATURES; i++) {
                boolean differs = false;
                for (int e = 0; e < IMAGES; e++) {
                    differs |= examples.row(e)[i] != compared;
                }
                assertThat(differing[i]).isEqualTo(differs);
            }
            for (int e = 0; e < IMAGES; e++) {
                float[] all = examples.row(e);
                assertThat(some.row(e)).containsExactly(all[4], all[0], all[3]);
            }
            assertThat(some.differing(compared)).containsExactly(differing[4], differing[0], differing[3]);
        }
    }

    @Property
    void sumsOfBytesAreExact(@ForAll @Size(IMAGES * FEATURES) byte[] values) {
        FeatureMap order = new FeatureMap.Permutation(new int[] {5, 2, 0, 1, 4, 3});
        int[] indices = {9, 3, 0, 3, 9};
        Examples examples = bytes(values).through(order);
        long[] sums = new long[FEATURES];
        long[] squares = new long[FEATURES];

        assertThat(examples.addBytes(indices, 1, 4, sums, squares)).isTrue();

        for (int i = 0; i < FEATURES; i++) {
            long first = (long) examples.row(0)[i];
            long last = (long) examples.row(3)[i];
            assertThat(sums[i]).isEqualTo(first + 2 * last);
            assertThat(squares[i]).isEqualTo(first * first + 2 * last * last);
        }
        assertThat(floats(values).addBytes(indices, 1, 4, sums, squares)).isFalse();
        assertThat(bytes(values).through(Rotation.of(HEIGHT, WIDTH, 30)).addBytes(indices, 1, 4, sums, squares))
                .isFalse();
    }

    @Test
    void computedFeaturesComeAllAtOnce() {
        Examples turned = bytes(new byte[IMAGES * FEATURES]).through(Rotation.of(HEIGHT, WIDTH, 30));

        assertThat(turned.computed()).isTrue();
        assertThat(turned.differing(0)).containsOnly(false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> turned.features(new int[] {0}))
                .withMessageStartingWith("features that are computed, by Rotation");
    }

    @Test
    void countsMustFitAndLabelsBeNotBeNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Examples.ofBytes(new byte[5], 3, new int[2]))
                .withMessage("2 labels of 3 features each need 6 values, got 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Examples.ofBytes(new byte[3], 3, new int[] {-1}))
                .withMessage("label must be at least 0, got -1 at row 0");
    }

    @Test
    void aFrameComesBeforeAMap() {
        Examples mapped = bytes(new byte[IMAGES * FEATURES])
                .through(new FeatureMap.Permutation(IntStream.range(0, FEATURES).toArray()));

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Padding.around(new Shape.Image(HEIGHT, WIDTH), 1).of(mapped))
                .withMessageStartingWith("a frame comes before a map, not after Permutation");
    }
}
