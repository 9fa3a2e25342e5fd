package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sluice.framework.cli.Console.sluice;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models of every kind as an earlier build wrote them, each with the answers that that build gave: {@code NAME,TASK.csv},
 * or {@code NAME.csv} of a model that is not told the task. They load and answer so for ever.
 */
class GoldenModelsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/sluice/framework/golden");

    private static final Splitter CELLS = Splitter.on(',');

    @TempDir
    private Path folder;

    static Stream<Path> answers() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN.resolve("answers"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void aModelOfAnEarlierBuildAnswersAsItDid(Path answers) throws IOException {
        List<String> asked = CELLS.splitToList(answers.getFileName().toString().replace(".csv", ""));
        boolean images =
                asked.get(0).contains("convolutional") || asked.get(0).matches("discriminant-(class|subnetworks)");
        Path out = folder.resolve("answers.csv");
        List<String> command = new ArrayList<>(List.of(
                "predict",
                "--model",
                GOLDEN.resolve(asked.get(0) + ".sluice").toString(),
                "--input",
                GOLDEN.resolve(images ? "images.csv" : "rows.csv").toString(),
                "--out",
                out.toString()));
        if (asked.size() > 1) {
            command.addAll(List.of("--task", asked.get(1)));
        }

        Console.Result result = sluice(command.toArray());

        assertThat(result.code()).as(result.err()).isZero();
        List<String> expected = Files.readAllLines(answers);
        List<String> found = Files.readAllLines(out);
        assertThat(found).hasSameSizeAs(expected);
        for (int row = 1; row < expected.size(); row++) {
            List<String> then = CELLS.splitToList(expected.get(row));
            List<String> now = CELLS.splitToList(found.get(row));
            assertThat(now.get(1)).isEqualTo(then.get(1));
            // other kinds of CPU may round otherwise
            assertThat(Double.parseDouble(now.get(2))).isCloseTo(Double.parseDouble(then.get(2)), within(1e-4));
        }
    }
}
