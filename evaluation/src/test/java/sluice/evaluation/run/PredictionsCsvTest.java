package sluice.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.TaskPredictions;

class PredictionsCsvTest {
    private static final TaskPredictions FIRST = new TaskPredictions(
            "=1",
            ImmutableList.of("unknown", "a,b"),
            new int[] {0, 1},
            new int[] {TaskPredictions.UNKNOWN, 1},
            new float[] {0.1f, 0.9f, Float.MIN_VALUE, 1});
    private static final TaskPredictions SECOND = new TaskPredictions(
            "2", ImmutableList.of("c", "a,b"), new int[] {0}, new int[] {1}, new float[] {1 / 3f, 2 / 3f});

    @TempDir
    private Path folder;

    private Path written(PredictionsCsv.Predicted... predicted) throws IOException {
        Path file = folder.resolve("predictions.csv.gz");
        try (OutputStream out = Files.newOutputStream(file)) {
            PredictionsCsv.write(List.of(predicted), out);
        }
        return file;
    }

    private static PredictionsCsv.Predicted after(String task, TaskPredictions of) {
        return new PredictionsCsv.Predicted(task, of);
    }

    private static void assertSame(TaskPredictions read, TaskPredictions written) {
        assertThat(read.task()).isEqualTo(written.task());
        assertThat(read.classes()).isEqualTo(written.classes());
        assertThat(read.actual()).isEqualTo(written.actual());
        assertThat(read.predicted()).isEqualTo(written.predicted());
        assertThat(read.probabilities()).isEqualTo(written.probabilities());
    }

    @Test
    void whatFollowsTheLastTaskIsReadAgainToTheBit() throws IOException {
        TaskPredictions earlier =
                new TaskPredictions("=1", FIRST.classes(), new int[] {0, 1}, new int[] {0, 0}, new float[0]);
        Path file = written(
                after("=1", earlier),
                after("2", FIRST),
                after(
                        "2",
                        new TaskPredictions(
                                "2", ImmutableList.of("a,b", "c"), new int[] {1}, new int[] {0}, new float[] {
                                    2 / 3f, 1 / 3f
                                })));

        var read = PredictionsCsv.readLast(file);

        assertThat(read.keySet()).containsExactly("=1", "2");
        assertSame(read.get("=1"), FIRST);
        assertThat(read.get("2").probability(0, read.get("2").classes().indexOf("c")))
                .isEqualTo(SECOND.probability(0, 0));
    }

    @Test
    void answersWithoutProbabilitiesAreReadAgain() throws IOException {
        TaskPredictions near =
                new TaskPredictions("t", ImmutableList.of("x", "y"), new int[] {0, 1}, new int[] {1, -1}, new float[0]);

        assertSame(PredictionsCsv.readLast(written(after("t", near))).get("t"), near);
    }

    @Test
    void aLineIsWhatItsHeaderSays() throws IOException {
        byte[] bytes = Files.readAllBytes(written(after("2", FIRST), after("2", SECOND)));
        String text =
                new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.UTF_8);

        assertThat(text.lines())
                .containsExactly(
                        "after,task,row,label,prediction,probability_unknown,\"probability_a,b\",probability_c",
                        "2,'=1,1,unknown,,0.1,0.9,",
                        "2,'=1,2,\"a,b\",\"a,b\",1.4E-45,1.0,",
                        "2,2,1,c,\"a,b\",,0.6666667,0.33333334");
    }

    @ParameterizedTest
    @CsvSource({
        "'after,task', the header is not that of predictions",
        "'after,task,row,label,prediction,probability_a\n1,1,1,a,a,2', 2 is no probability",
        "'after,task,row,label,prediction,probability_a\n1,1,1,b,a,1', class b has no probability",
        "'after,task,row,label,prediction,probability_a\n1,1,1,a,a', 'a line has 5 values, the header 6'",
        "'after,task,row,label,prediction,probability_a\n1,1,1,a,a,1\n1,1,2,a,a,', task 1 lacks probabilities"
    })
    void whatIsNoFileOfPredictionsIsRefused(String text, String problem) throws IOException {
        Path file = folder.resolve("damaged.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }

        assertThatExceptionOfType(MatrixFormatException.class)
                .isThrownBy(() -> PredictionsCsv.readLast(file))
                .withMessageContaining("damaged.csv.gz, line ")
                .withMessageContaining(problem);
    }
}
