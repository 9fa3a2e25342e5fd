package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MetricValue;
import sluice.evaluation.matrix.MatrixOptions;

class ReportMatrixTest {
    @TempDir
    private Path folder;

    @Test
    void aLinePerCellIsReadInAnyOrderOfColumns() {
        ReportData data =
                read("accuracy,task,after_task,seed\n0.5,a,0,3\n0.5,b,0,3\n0.9,a,1,3\n0.8,a,2,3\n0.7,b,2,3\n", false);

        ReportRun run = data.runs().get(0);
        assertThat(data.tasks()).containsExactly("a", "b");
        assertThat(run.strategy()).isEqualTo("results");
        assertThat(run.seed()).isEqualTo(3);
        assertThat(run.counted()).isFalse();
        assertThat(run.metric("acc")).isEqualTo(MetricValue.of(0.75));
        assertThat(run.metric("fwt")).isInstanceOf(MetricValue.Undefined.class);
    }

    @Test
    void countsAreKept() {
        ReportRun run = read("strategy,after_task,task,correct,total\nx,1,a,9,10\n", false)
                .runs()
                .get(0);

        assertThat(run.counted()).isTrue();
        assertThat(run.matrix().cell(1, 1).orElseThrow().total()).isEqualTo(10);
    }

    @Test
    void aGridIsReadWithAndWithoutNames() {
        ReportRun plain = read("0.9,\n0.8,0.7\n", false).runs().get(0);
        ReportRun named =
                read("one,two\n0.5,0.4\n0.9,nan\n0.8,0.7\n", false).runs().get(0);
        ReportRun indexed =
                read(",one,two\n0,0.9,0.1\n1,0.8,0.7\n", false).runs().get(0);

        assertThat(plain.matrix().tasks()).containsExactly("task 1", "task 2");
        assertThat(plain.metric("forgetting").number().orElseThrow()).isCloseTo(0.1, within(1e-9));
        assertThat(named.matrix().tasks()).containsExactly("one", "two");
        assertThat(named.matrix().accuracy(0, 2)).isEqualTo(MetricValue.of(0.4));
        assertThat(indexed.matrix().accuracy(1, 2)).isEqualTo(MetricValue.of(0.1));
    }

    @Test
    void percentIsReadWhereItIsStated() {
        ReportRun run = read("98.53,\n97.25,1\n", true).runs().get(0);

        assertThat(run.matrix().accuracy(1, 1)).isEqualTo(MetricValue.of(0.9853));
        assertThat(run.matrix().accuracy(2, 2)).isEqualTo(MetricValue.of(0.01));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "after_task,task,accuracy;1,a,98.5 | line 2, column accuracy | --percent",
                "after_task,task,accuracy;1,a,-0.1 | line 2, column accuracy | correct the accuracy",
                "after_task,task,accuracy;1,a,985 | line 2, column accuracy | correct the accuracy",
                "after_task,task,accuracy;1,a,0.5;1,a,0.6 | line 3, column task | already",
                "after_task,task,accuracy;1,a,0.5;2,b,0.5 | task \"a\" after task 2 | add the cell",
                "after_task,task,accuracy;0,a,0.5 | line 2, column after_task | 0 may be the untrained network",
                "after_task,task,accuracy;2,a,0.5 | line 2, column after_task | only 1",
                "after_task,task,accuracy;1,a, | line 2, column accuracy | is empty",
                "after_task,task,accuracy;1,,0.5 | line 2, column task | is empty",
                "after_task,task,accuracy;1,a,x | line 2, column accuracy | decimal number",
                "after_task,task,accuracy;1,a | line 2, column accuracy | is empty",
                "after_task,task,accuracy;1,a,0.5,0.7 | line 2 | 4 values",
                "after_task,accuracy;1,0.5 | line 1 | missing column task",
                "after_task,task;1,a | line 1 | missing column accuracy",
                "after_task,task,accuracy,correct;1,a,1,1 | line 1 | missing column total",
                "after_task,task,correct,total;1,a,3,2 | line 2, column correct | cannot be correct",
                "after_task,task,accuracy,correct,total;1,a,0.5,1,4 | line 2, column accuracy | is not 1 of 4",
                "after_task,task,accuracy | line 1 | no line but the header",
                "0.5,0.5;0.5,0.5;0.5,0.5;0.5,0.5 | 2 tasks and 4 rows | write T rows",
                "a,a;0.5,0.5;0.5,0.5 | line 1 | two columns",
                "0.5,;,0.5 | line 2, column task 1 | is missing",
                "0.5,0.1;50,0.5 | line 2, column task 1 | --percent",
                "`\"0.5` | line 1 | close every quote",
                "90%,50%;80%,0.95 | line 1, column task 1 | write all cells alike"
            })
    void badInputIsRefusedInOneLine(String lines, String where, String said) {
        assertThatThrownBy(() -> read(lines.replace(';', '\n') + "\n", false))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContaining("results.csv")
                .hasMessageContaining(where)
                .hasMessageContaining(said)
                .hasMessageNotContaining("\n");
    }

    @Test
    void fractionsStatedAsPercentAreRefused() {
        assertThatThrownBy(() -> read("0.9,\n0.8,0.95\n", true))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContaining("no accuracy is above 1 %: leave --percent out");
    }

    @ParameterizedTest
    @CsvSource({"0,1,", "1,2,", ",0,1"})
    void columnsMayBeNumbered(String one, String two, String three) {
        boolean named = one == null;
        String header = named ? ",0,1\n" : one + "," + two + "\n";
        String rows = named ? "0,90,50\n1,80,95\n" : "90,50\n80,95\n";

        AccuracyMatrix matrix = read(header + rows, true).runs().get(0).matrix();

        assertThat(matrix.tasks()).hasSize(2);
        assertThat(matrix.accuracy(1, 1)).isEqualTo(MetricValue.of(0.9));
        assertThat(matrix.accuracy(2, 1)).isEqualTo(MetricValue.of(0.8));
        assertThat(matrix.cell(0, 1)).isEmpty();
    }

    @Test
    void anEmptyFileAndOneThatIsNotTextAreRefused() throws IOException {
        Path binary = folder.resolve("binary.csv");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThatThrownBy(() -> read("", false)).hasMessageContaining("empty");
        assertThatThrownBy(() -> ReportData.ofMatrix(binary, MatrixOptions.DEFAULT))
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> ReportData.ofMatrix(folder, MatrixOptions.DEFAULT))
                .hasMessageContaining("is no file");
    }

    private ReportData read(String text, boolean isPercent) {
        try {
            return ReportData.ofMatrix(
                            Files.writeString(folder.resolve("results.csv"), text),
                            isPercent ? MatrixOptions.PERCENT : MatrixOptions.DEFAULT)
                    .data();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
