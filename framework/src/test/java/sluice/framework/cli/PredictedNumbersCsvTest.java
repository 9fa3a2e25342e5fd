package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import sluice.framework.experiment.GivenExamples;
import sluice.framework.experiment.Predictor;
import sluice.tasks.Examples;

class PredictedNumbersCsvTest {
    private static Predictor.Answer number(String text) {
        return new Predictor.Answer(text, Double.NaN, ImmutableDoubleArray.of(), OptionalLong.empty());
    }

    @Test
    void aNumberKeepsItsMinusSignAndHasNoProbability() throws IOException {
        GivenExamples rows = new GivenExamples(
                Examples.of(new float[2][1], new int[2]),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableList.of(),
                ImmutableMap.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        new PredictionCsv(ImmutableList.of(number("-3.5"), number("12.25")), rows, ImmutableList.of()).write(out);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("row,predicted\n1,-3.5\n2,12.25\n");
    }
}
