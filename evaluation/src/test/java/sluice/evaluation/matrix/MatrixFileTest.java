package sluice.evaluation.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MetricValue;

/** Files as other systems write them are read as what they are, or refused with what they may be. */
class MatrixFileTest {
    private static final Path FILES = Path.of("src/test/resources/sluice/evaluation/matrix");

    @ParameterizedTest
    @CsvSource({
        "named-first-column-after_task.csv, 3, 0.9133, -0.085",
        "named-first-column-trained.csv, 3, 0.9133, -0.085",
        "named-first-column-clarena.csv, 3, 0.9133, -0.085",
        "avalanche-eval-results-two.csv, 2, 0.94, -0.07",
        "avalanche-eval-results-three.csv, 3, 0.9133, -0.085",
        "blanks-between-blanks.txt, 2, 0.99025, -0.0051",
        "blanks-between-tabs.txt, 2, 0.99025, -0.0051",
        "blanks-between-list.json, 2, 0.99025, -0.0051",
        "missing-marks-na.csv, 2, 0.94, -0.07"
    })
    void aFileOfAnotherSystemIsReadAsWhatItIs(String file, int tasks, double acc, double bwt) throws IOException {
        AccuracyMatrix matrix = file(file, MatrixOptions.DEFAULT).runs().get(0);

        assertThat(matrix.tasks()).hasSize(tasks);
        assertThat(number(ForgettingMetric.ACC, matrix)).isCloseTo(acc, within(5e-5));
        assertThat(number(ForgettingMetric.BWT, matrix)).isCloseTo(bwt, within(5e-5));
    }

    @Test
    void rowNumbersUnderANameAreNoTask() throws IOException {
        ReadMatrix read = file("row-numbers-as-task-rows.csv", MatrixOptions.PERCENT);

        assertThat(read.runs().get(0).tasks()).containsExactly("t1", "t2", "t3");
        assertThat(number(ForgettingMetric.ACC, read.runs().get(0))).isCloseTo(0.9033, within(5e-5));
        assertThat(number(ForgettingMetric.BWT, read.runs().get(0))).isCloseTo(-0.1005, within(5e-5));
        assertThat(number(ForgettingMetric.FWT, read.runs().get(0))).isCloseTo(0.0045, within(5e-5));
        assertThat(read.statement())
                .isEqualTo(
                        "a grid of 3 tasks and 4 rows, the first of the untrained network, column learned names the rows,"
                                + " in percent");
    }

    @Test
    void aRunThatWasCutShortSaysWhatIsMissingAndHasNoAcc() throws IOException {
        ReadMatrix read = file("avalanche-eval-results-five.csv", MatrixOptions.DEFAULT);

        assertThat(read.statement())
                .contains(
                        "5 tasks",
                        "column training_exp says what was learned last, from 0, eval_exp what was asked for, eval_accuracy the accuracy",
                        "left out: eval_loss, forgetting",
                        "unfinished: rows of 2 of 5 tasks are there, and of the last row the accuracy on 1 is missing");
        assertThat(ForgettingMetric.ACC.of(read.runs().get(0))).isInstanceOf(MetricValue.Undefined.class);
        assertThat(read.runs().get(0).accuracy(1, 1)).isEqualTo(MetricValue.of(0.82));
        assertThat(read.runs().get(0).accuracy(2, 1)).isEqualTo(MetricValue.of(0));
    }

    @Test
    void whatIsSaidOfFilesNamesWhatWasLeftOutAndWhatSeparatesCells() throws IOException {
        assertThat(file("avalanche-eval-results-two.csv", MatrixOptions.DEFAULT).statement())
                .contains("2 lines that repeat another left out", "left out: eval_loss, forgetting");
        assertThat(file("named-first-column-clarena.csv", MatrixOptions.DEFAULT).statement())
                .contains(
                        "3 tasks and 3 rows",
                        "column after_training_task names the rows",
                        "left out: average_accuracy");
        assertThat(file("blanks-between-blanks.txt", MatrixOptions.DEFAULT).statement())
                .contains("cells are separated by blanks");
        assertThat(file("blanks-between-tabs.txt", MatrixOptions.DEFAULT).statement())
                .contains("cells are separated by tabs", "cells above the diagonal are all 0");
        assertThat(file("missing-marks-na.csv", MatrixOptions.DEFAULT)
                        .runs()
                        .get(0)
                        .cell(1, 2))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;b|0,98;|0,91;0,97",
                "a;b|9,8e-1;|9,1E-01;+0,97e0",
                "a;b|98,0 %;|91, %;97,0 %",
                "a\tb|0.98\tn/a|0.91\t0.97",
                "'a','b'|'0.98','-'|'0.91','0.97'",
                ",a,b|0,0.98,None|1,0.91,0.97",
                ",a,b|1,0.98,null|2,0.91,0.97",
                ",a,b|a,0.98,|b,0.91,0.97",
                "stage,a,b|0,0.98,nan|1,0.91,0.97",
                "learned,a,b|a,0.98,|b,0.91,0.97",
                "a,b|0.98|0.91,0.97",
                "a b|0.98 nan|0.91 0.97",
                "a,b|98%,|91%,97%",
                "a,b,average|0.98,,0.98|0.91,0.97,0.94",
                ",a,b|a,0.98,|b,0.91,0.97|average,0.945,0.97",
                "a,b|row1,0.98,NA|row2,0.91,0.97",
                "{'a': {'a': 0.98, 'b': null}, 'b': {'a': 0.91, 'b': 0.97}}",
                "{'acc': {'a': {'a': 0.98, 'b': NaN}, 'b': {'a': 0.91, 'b': 0.97}}, 'seed': 1}",
                "eval_task,after_task_0,after_task_1|a,0.98,0.91|b,,0.97",
                "trained_on,evaluated_on,accuracy|a,a,0.98|b,a,0.91|b,b,0.97",
                "trained_on,evaluated_on,accuracy,loss|1,a,0.98,3|2,a,0.91,4|2,b,0.97,5",
                "learned,tested,acc|0,a,0.98|1,a,0.91|1,b,0.97",
                "after_task,task,accuracy|1,a,98%|2,a,91%|2,b,97%",
                "after_task,task,correct,total|1,a,98,100|2,a,91,100|2,b,97,100",
                "After Task,Task,Accuracy|1,a,0.98|2,a,0.91|2,b,0.97",
                "after_task,task,accuracy|1,a,0.98|1,a,0.98|2,a,0.91|2,b,0.97"
            })
    void oneMatrixInManyHandsIsOneMatrix(String lines) {
        AccuracyMatrix matrix = read(lines, MatrixOptions.DEFAULT).runs().get(0);

        assertThat(matrix.tasks()).containsExactly("a", "b");
        assertThat(matrix.accuracy(1, 1)).isEqualTo(MetricValue.of(0.98));
        assertThat(matrix.accuracy(2, 1)).isEqualTo(MetricValue.of(0.91));
        assertThat(matrix.accuracy(2, 2)).isEqualTo(MetricValue.of(0.97));
        assertThat(matrix.cell(1, 2)).isEmpty();
        assertThat(matrix.cell(0, 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '&',
            quoteCharacter = '`',
            value = {
                "x,t1,t2|0,10,9|1,98,10|2,90,97 & true & --rows x & --rows none",
                "x,t1|0,0.9|1,0.8 & false & --rows x & --rows none",
                "id,t1,t2|17,98.5,10|23,90,97|31,90,97 & true & a grid of 2 tasks and 3 rows & ",
                "code,t1,t2|17,98.5,10|23,90,97|31,90,97 & true & --rows code & --rows none",
                "after_task,task,accuracy|0,0,0.9|1,0,0.8|1,1,0.7 & false & --layout long & trained_task",
                "after_task,task,accuracy|0,a,0.9|1,a,0.8|1,b,0.7 & false & --layout long & trained_task",
                "after_task,accuracy,acc,task|1,0.5,0.5,a & false & could both be the accuracy & ",
                "0,10.1,9.9|1,98.1,10.0|2,90.0,97.0 & true & --rows 1 & --rows none",
                "[[0.9, 0.1], [0.8, 0.7]] trailing & false & neither JSON nor rows & ",
                "{'a': [[0.9]], 'b': [[0.8]]} & false & several grids & \"a\", \"b\"",
                "{'acc': 0.9} & false & no grid of accuracies & ",
                "t1,t2,t3|0.9,0.1 & false & 3 tasks and 1 rows & ",
                "a,b|0.9,0.1,0.2|0.8,0.7,0.2|0.1 & false & write as many & "
            })
    void whatCanBeReadInTwoWaysOrNoneIsRefusedWithHowToChoose(String lines, boolean percent, String one, String other) {
        MatrixOptions options = percent ? MatrixOptions.PERCENT : MatrixOptions.DEFAULT;
        String said;
        try {
            said = read(lines, options).statement();
        } catch (MatrixFormatException refused) {
            said = refused.getMessage();
        }

        assertThat(said).contains(one).doesNotContain("\n");
        assertThat(other == null || said.contains(other)).as(said).isTrue();
    }

    @Test
    void theUserChooses() {
        String numbered = "x,t1,t2|0,10,9|1,98,10|2,90,97";
        MatrixOptions named = new MatrixOptions(Optional.empty(), Optional.of("x"), true);
        MatrixOptions task = new MatrixOptions(Optional.empty(), Optional.of("none"), true);

        assertThat(read(numbered, named).runs().get(0).tasks()).containsExactly("t1", "t2");
        assertThat(read(numbered, task).runs().get(0).tasks()).containsExactly("x", "t1", "t2");
        assertThatThrownBy(() -> read(numbered, new MatrixOptions(Optional.empty(), Optional.of("y"), true)))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContaining("--rows: there is no column \"y\": its columns are \"x\", \"t1\", \"t2\"");
        MatrixOptions isLong = new MatrixOptions(Optional.of(MatrixOptions.Layout.LONG), Optional.empty(), false);
        assertThat(read("after_task,task,accuracy|0,a,0.9|1,a,0.8|0,b,0.5|1,b,0.7", isLong)
                        .runs()
                        .get(0)
                        .accuracy(0, 1))
                .isEqualTo(MetricValue.of(0.9));
    }

    @Test
    void runsThatWereAppendedToOneFileAreSeveral() {
        ReadMatrix read = read(
                "eval_exp,training_exp,eval_accuracy|0,0,0.9|1,0,0.1|0,1,0.8|1,1,0.7|0,0,0.6|1,0,0.2|0,1,0.5|1,1,0.4",
                MatrixOptions.DEFAULT);

        assertThat(read.runs()).extracting(AccuracyMatrix::seed).containsExactly(1L, 2L);
        assertThat(read.runs().get(1).accuracy(2, 2)).isEqualTo(MetricValue.of(0.4));
        assertThat(read.statement()).contains("2 runs one after another, numbered as seeds");
    }

    private static ReadMatrix file(String name, MatrixOptions options) throws IOException {
        try (Reader in = Files.newBufferedReader(FILES.resolve(name))) {
            return MatrixFile.read(in, name, options, "any");
        }
    }

    private static ReadMatrix read(String lines, MatrixOptions options) {
        try {
            String text = lines.replace('|', '\n').replace('\'', '"');
            return MatrixFile.read(new StringReader(text), "results.csv", options, "any");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double number(ForgettingMetric metric, AccuracyMatrix matrix) {
        return metric.of(matrix).number().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'A': {'0': 0.98, '1': 0.91}, 'B': {'0': 0.1, '1': 0.97}}",
                "{'A': {'after A': 0.98, 'after B': 0.91}, 'B': {'after A': 0.1, 'after B': 0.97}}",
                "{'A': [0.98, 0.91], 'B': [null, 0.97]}",
                "{'A': {'A': 0.98, 'B': 0.91}, 'B': {'B': 0.97}}",
                "{'0': {'A': 0.98, 'B': 0.1}, '1': {'A': 0.91, 'B': 0.97}}",
                "{'1': [0.98], '2': [0.91, 0.97]}",
                "{'after A': [0.98, 0.1], 'after B': [0.91, 0.97]}",
                "{'x': [0.98], 'y': [0.91, 0.97]}"
            })
    void namesOrHolesTellWhetherPartsOfJsonAreLearnedOrAskedFor(String json) throws IOException {
        ReadMatrix read =
                MatrixFile.read(new StringReader(json.replace('\'', '"')), "j.json", MatrixOptions.DEFAULT, "s");

        assertThat(number(ForgettingMetric.ACC, read.runs().get(0))).isCloseTo(0.94, within(1e-9));
        assertThat(number(ForgettingMetric.BWT, read.runs().get(0))).isCloseTo(-0.07, within(1e-9));
        assertThat(read.statement()).containsAnyOf("each name is a task learned", "each name is a task asked for");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'A': [0.98, 0.91], 'B': [0.1, 0.97]}",
                "{'A': {'A': 0.98, 'B': 0.91}, 'B': {'A': 0.1, 'B': 0.97}}",
                "{'0': {'0': 0.98, '1': 0.91}, '1': {'0': 0.1, '1': 0.97}}"
            })
    void partsOfJsonThatMayBeEitherAreRefusedWithBothUntilTheUserSays(String json) throws IOException {
        String text = json.replace('\'', '"');

        assertThatThrownBy(() -> MatrixFile.read(new StringReader(text), "j.json", MatrixOptions.DEFAULT, "s"))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContainingAll("two ways", "--layout grid", "--layout turned");

        assertThat(bwt(text, MatrixOptions.Layout.TURNED)).isCloseTo(-0.07, within(1e-9));
        assertThat(bwt(text, MatrixOptions.Layout.GRID)).isCloseTo(-0.88, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x,A,B|A,0.98,0.91|B,0.1,0.97",
                ",A,B|A,0.98,0.91|B,0.1,0.97",
                "0.98 0.91|0.1 0.97",
                "[[0.98, 0.91], [0.1, 0.97]]"
            })
    void whatTheUserCallsTurnedIsTurnedWhateverItsFormat(String text) throws IOException {
        assertThat(bwt(text.replace('|', '\n'), MatrixOptions.Layout.TURNED)).isCloseTo(-0.07, within(1e-9));
    }

    private static double bwt(String json, MatrixOptions.Layout layout) throws IOException {
        MatrixOptions options = new MatrixOptions(Optional.of(layout), Optional.empty(), false);
        return number(
                ForgettingMetric.BWT,
                MatrixFile.read(new StringReader(json), "j.json", options, "s")
                        .runs()
                        .get(0));
    }
}
