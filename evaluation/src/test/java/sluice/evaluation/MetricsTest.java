package sluice.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {
    @Test
    void everyMetricTellsWhatItIs() {
        assertThat(Metrics.keys()).hasSizeGreaterThan(50).allSatisfy(key -> {
            Metric metric = Metrics.of(key).orElseThrow();
            assertThat(metric.key()).isEqualTo(key).matches("[a-z][a-z0-9_]*");
            assertThat(metric.title()).isNotBlank();
            assertThat(metric.definition())
                    .isNotBlank()
                    .doesNotContain("\n")
                    .endsWith(metric.source().isEmpty() ? "" : " (" + metric.source() + ")");
        });
    }

    @Test
    void everyMetricIsPutInWordsWithoutSymbols() {
        assertThat(Metrics.keys()).allSatisfy(key -> {
            Metric metric = Metrics.of(key).orElseThrow();
            assertThat(metric.meaning())
                    .as(key)
                    .isNotBlank()
                    .doesNotContain("\n", "[j]", "A_", "1..T", "min(", "max(")
                    .endsWith(metric.source().isEmpty() ? "" : " (" + metric.source() + ")");
            assertThat(metric.hasFormula()).as(key).isEqualTo(!metric.meaning().equals(metric.definition()));
        });
        assertThat(Metrics.of("forgetting").orElseThrow().hasFormula()).isTrue();
        assertThat(Metrics.of("macs").orElseThrow().hasFormula()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "acc, ACC",
        "forgetting, Forgetting",
        "forgetting_first, Forgetting (first)",
        "intransigence, Intransigence",
        "stability_gap, Stability gap",
        "train_seconds, Training time",
        "macs_dense_forward_head, 'Multiply-adds forward, dense of head'",
        "occupancy_layer_12, Occupancy of layer_12"
    })
    void metricsOfEveryKindAreFoundByTheirKeys(String key, String title) {
        assertThat(Metrics.of(key)).map(Metric::title).contains(title);
    }

    @ParameterizedTest
    @CsvSource({"accuracy", "occupancy_layer_0", "width_layer_", "macs_saved", "''"})
    void noOtherNameIsOne(String key) {
        assertThat(Metrics.of(key)).isEmpty();
    }
}
