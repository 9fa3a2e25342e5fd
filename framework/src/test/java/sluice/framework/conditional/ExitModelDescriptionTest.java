package sluice.framework.conditional;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a damaged model file may say of a network with exits. */
class ExitModelDescriptionTest {
    /** 4 x 3 + 3 x 2 multiply-adds to the exit, 4 x 5 + 5 x 2 more to the end. */
    private static final List<StoredLayer> LAYERS =
            List.of(new StoredLayer(3, 0, View.BELOW, null, true), new StoredLayer(5, 0, View.INPUT, null, false));

    private static final long FIRST = 18;
    private static final long WHOLE = 48;

    private static ExitModelDescription description(
            int features, List<StoredLayer> layers, List<Double> trusts, ExitModelDescription.Rule... rules) {
        return new ExitModelDescription(
                "exits",
                4,
                List.of(features),
                List.of("a", "b"),
                layers,
                trusts,
                List.of(rules),
                null,
                0,
                1,
                Map.of(),
                "");
    }

    private static ExitModelDescription.Rule rule(long multiplyAdds, double threshold) {
        return new ExitModelDescription.Rule(multiplyAdds, List.of(threshold));
    }

    @Test
    void aWholeOneIsRead() {
        assertThatCode(() -> description(4, LAYERS, List.of(0.0, 0.3), rule(FIRST, 0), rule(WHOLE, 2))
                        .check())
                .doesNotThrowAnyException();
    }

    static Stream<ExitModelDescription> damaged() {
        List<Double> trusts = List.of(0.0, 0.3);
        return Stream.of(
                description(4, LAYERS, trusts),
                description(4, LAYERS, trusts, rule(FIRST + 1, 0)),
                description(4, LAYERS, trusts, rule(FIRST, 0), rule(WHOLE + 1, 2)),
                description(4, LAYERS, trusts, rule(FIRST, 0), rule(-5, 2)),
                description(4, LAYERS, trusts, new ExitModelDescription.Rule(FIRST, List.of())),
                description(4, LAYERS, List.of(0.0), rule(FIRST, 0)),
                description(4, LAYERS, List.of(0.0, 1.0), rule(FIRST, 0)),
                description(4, LAYERS, List.of(0.0, Double.NaN), rule(FIRST, 0)),
                description(0, LAYERS, trusts, rule(FIRST, 0)),
                description(4, LAYERS.subList(0, 1), List.of(0.0), rule(FIRST, 0)),
                description(
                        4, List.of(new StoredLayer(3, 0, null, null, true), LAYERS.get(1)), trusts, rule(FIRST, 0)));
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void whatCannotBeIsRefused(ExitModelDescription description) {
        assertThatThrownBy(description::check).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sizesThatNoNumberHoldsAreRefused() {
        List<StoredLayer> wide = List.of(
                new StoredLayer(100_000, 0, View.BELOW, null, true),
                new StoredLayer(1, 0, new View(View.Sees.BOTH, 1, 0), null, false));

        assertThatThrownBy(() -> description(Integer.MAX_VALUE - 1, wide, List.of(0.0, 0.0), rule(FIRST, 0))
                        .check())
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void thresholdsOfNoNumberAreRefused() {
        assertThatThrownBy(() -> description(4, LAYERS, List.of(0.0, 0.3), rule(FIRST, Double.NaN))
                        .exitRules())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
