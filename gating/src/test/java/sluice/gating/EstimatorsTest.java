package sluice.gating;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EstimatorsTest {
    @Test
    void everyEstimatorIsListedUnderItsOwnName() {
        Estimators.BY_NAME.forEach(
                (name, entry) -> assertThat(entry.estimator().name()).isEqualTo(name));
    }

    @Test
    void everyEstimatorIsListed() {
        assertThat(Estimators.BY_NAME).containsOnlyKeys("st-sigmoid", "st-open", "st-identity", "unbiased", "centred");
    }

    @Test
    void everyDescriptionIsOneLine() {
        assertThat(Estimators.BY_NAME.values())
                .extracting(Estimators.Entry::description)
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("\n"));
    }
}
