package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledPredictionsTest {
    private final LabelledPredictions labelled = new LabelledPredictions(ImmutableList.of("a", "b", "c"), "the model");

    private List<String> printed() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        labelled.print(new Terminal(out, out, false));
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aClassThatIsNeverPredictedHasNoPrecisionAndCountsAsZero() {
        labelled.add("a", "a");
        labelled.add("a", "c");
        labelled.add("b", "a");
        labelled.add("b", "unknown");

        assertThat(printed())
                .containsExactly(
                        "accuracy           0.2500 (1 of 4)",
                        "balanced accuracy  0.2500 (mean recall of the classes that have rows: 2 of 3)",
                        "+---------------+-----------+--------+--------+---------+",
                        "| class         | precision | recall |     F1 | support |",
                        "+---------------+-----------+--------+--------+---------+",
                        "| a             |    0.5000 | 0.5000 | 0.5000 |       2 |",
                        "| b             |         - | 0.0000 | 0.0000 |       2 |",
                        "| macro average |    0.2500 | 0.2500 | 0.2500 |       4 |",
                        "+---------------+-----------+--------+--------+---------+",
                        "-: never predicted, so that there is no precision; the macro average counts it as 0");
    }

    @Test
    void ofManyClassesThatWereNotLearnedTheMostFrequentAreNamed() {
        for (int label = 0; label < 20; label++) {
            labelled.addNotLearned("x" + label);
        }
        labelled.addNotLearned("x13");

        assertThat(printed())
                .hasSize(9)
                .startsWith("2 rows of class 'x13', which the model has not learned")
                .contains("13 rows of 13 more classes, which the model has not learned")
                .last()
                .isEqualTo("accuracy           undefined: no row has a label that may be answered, which are a, b, c");
    }
}
