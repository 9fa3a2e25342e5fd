package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.experiment.GivenExamples;
import sluice.framework.experiment.Predictor;
import sluice.tasks.Examples;
import sluice.tasks.InputException;

class NumberPredictionsTest {
    private static NumberPredictions of(String... targets) {
        GivenExamples rows = new GivenExamples(
                Examples.of(new float[targets.length][1], new int[targets.length]),
                ImmutableList.of(),
                ImmutableList.copyOf(targets),
                ImmutableList.of(),
                ImmutableMap.of());
        Predictor.Answer one = new Predictor.Answer("1.0", Double.NaN, ImmutableDoubleArray.of(), OptionalLong.empty());
        return NumberPredictions.of(
                rows, List.of(targets).stream().map(row -> one).toList(), "column price");
    }

    @Test
    void numbersAreReadAsInTraining() {
        NumberPredictions predictions = of("0.25", "", "-1.5e9");

        assertThat(predictions.targets().asList()).containsExactly(0.25, -1.5e9);
        assertThat(predictions.withoutTarget()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "0x1p3", "1f", "NaN", "Infinity", "1e39", "dear"})
    void whatTrainingRefusesIsNoTarget(String cell) {
        assertThatThrownBy(() -> of("2", cell))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--label: column price has \"%s\" in row 2, which is no number to hold a prediction against: mend it",
                        cell);
    }
}
