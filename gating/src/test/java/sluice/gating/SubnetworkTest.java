package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class SubnetworkTest {
    @Property
    void unitIsOpenWhereItsGateIsMoreLikelyOpenThanClosed(
            @ForAll @NotEmpty List<@DoubleRange(min = -3, max = 3) Double> values,
            @ForAll GateActivation activation,
            @ForAll @DoubleRange(min = 0.1, max = 5) double slope) {
        double[] logits = values.stream().mapToDouble(Double::doubleValue).toArray();

        UnitSet open = Subnetwork.of(List.of(logits)).layers().get(0);

        for (int unit = 0; unit < logits.length; unit++) {
            assertThat(open.contains(unit)).isEqualTo(activation.probability(logits[unit], slope) > 0.5);
        }
    }

    @Test
    void undecidedGateIsClosed() {
        Subnetwork subnetwork = Subnetwork.of(List.of(new double[] {0.0, -0.0, 0.01}));

        assertThat(subnetwork.layers().get(0).toArray()).containsExactly(2);
    }

    @Test
    void layersKeepTheirOrderAndWidth() {
        Subnetwork subnetwork = Subnetwork.of(List.of(new double[] {1, -1, 1}, new double[] {-1, 1}));

        assertThat(subnetwork.layers()).extracting(UnitSet::universe).containsExactly(3, 2);
        assertThat(subnetwork.layers().get(0).toArray()).containsExactly(0, 2);
        assertThat(subnetwork.layers().get(1).toArray()).containsExactly(1);
    }

    @Test
    void changingTheLogitsAfterwardsChangesNothing() {
        double[] logits = {1, -1};
        Subnetwork subnetwork = Subnetwork.of(List.of(logits));

        logits[1] = 1;

        assertThat(subnetwork.layers().get(0).toArray()).containsExactly(0);
    }

    @Test
    void subnetworkWithoutLayersIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Subnetwork(ImmutableList.of()))
                .withMessage("a subnetwork needs at least one layer");
    }
}
