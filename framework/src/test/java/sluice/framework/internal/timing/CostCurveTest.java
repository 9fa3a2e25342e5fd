package sluice.framework.internal.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import org.junit.jupiter.api.Test;

class CostCurveTest {
    @Test
    void theExponentIsThePowerBetweenNeighbours() {
        CostCurve curve = new CostCurve(
                "step",
                "ms",
                "width",
                ImmutableList.of(
                        new CostCurve.Point(10, 3),
                        new CostCurve.Point(20, 6),
                        new CostCurve.Point(60, 54),
                        new CostCurve.Point(600, 54)));

        assertThat(curve.exponent(1)).isCloseTo(1, within(1e-12));
        assertThat(curve.exponent(2)).isCloseTo(2, within(1e-12));
        assertThat(curve.exponent(3)).isCloseTo(0, within(1e-12));
    }
}
