package sluice.framework.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value passes where a ReLU's output is above 0, to the bit. */
class PassesTest {
    @Property
    void whatIsAboveZeroLetsTheValuePass(
            @ForAll @FloatRange(min = 0, max = Float.MAX_VALUE) float output, @ForAll float value) {
        float expected = output > 0 ? value : 0f;

        assertThat(Float.floatToRawIntBits(Passes.where(output, value))).isEqualTo(Float.floatToRawIntBits(expected));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.MIN_VALUE, Float.MIN_NORMAL, 1, Float.MAX_VALUE, Float.POSITIVE_INFINITY})
    void theSmallestAndTheLargestLetPass(float output) {
        assertThat(Passes.where(output, -2.5f)).isEqualTo(-2.5f);
        assertThat(Float.floatToRawIntBits(Passes.where(0f, -2.5f))).isZero();
    }
}
