package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run keeps of how tasks were learned, under every kind of strategy. */
class RunFilesCommandTest {
    @TempDir
    private Path folder;

    private Path run(String more) throws IOException {
        Path script = Files.writeString(folder.resolve("mine.yaml"), """
                data: {set: digits, train_size: 200, test_size: 100}
                split: {classes_per_task: 5}
                network: {hidden: [20, 16]}
                training: {epochs: 2}
                threads: 1
                """ + more);
        Console.Result result = Console.sluice("run", script, "--out", folder.resolve("run"), "--overwrite");
        assertThat(result.code()).isZero();
        return folder.resolve("run");
    }

    private static List<List<String>> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(Splitter.on(',')::splitToList)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"gates,task", "ewc,task", "er,domain", "icarl,class", "hat,task", "gates,class", "gates,domain"})
    void confusionAgreesWithTheLastRowOfTheMatrix(String strategy, String scenario) throws IOException {
        Path out = run("strategy: %s\nscenario: %s\ninference: {features: 256}\n".formatted(strategy, scenario));

        Map<String, Integer> right = new HashMap<>();
        Map<String, Integer> all = new HashMap<>();
        for (List<String> line : lines(out.resolve("confusion.csv"))) {
            all.merge(line.get(2), Integer.parseInt(line.get(5)), Integer::sum);
            right.merge(line.get(2), line.get(3).equals(line.get(4)) ? Integer.parseInt(line.get(5)) : 0, Integer::sum);
        }
        List<List<String>> matrix = lines(out.resolve("accuracy-matrix.csv"));
        for (List<String> cell : matrix.subList(matrix.size() - 2, matrix.size())) {
            assertThat(right.get(cell.get(3))).isEqualTo(Integer.parseInt(cell.get(4)));
            assertThat(all.get(cell.get(3))).isEqualTo(Integer.parseInt(cell.get(5)));
        }
    }

    @Test
    void gatesAndLearningCurvesAreKept() throws IOException {
        Path out = run("");

        List<List<String>> gates = lines(out.resolve("gates.csv"));
        assertThat(gates).hasSize(2 * 2);
        for (List<String> line : gates) {
            int counted = Splitter.on(' ')
                    .splitToStream(line.get(6))
                    .mapToInt(Integer::parseInt)
                    .sum();
            assertThat(counted).isEqualTo(Integer.parseInt(line.get(4)));
        }
        List<List<String>> curves = lines(out.resolve("learning-curves.csv"));
        assertThat(curves).extracting(line -> line.get(2)).contains("0-1-2-3-4", "5-6-7-8-9");
        assertThat(curves)
                .allMatch(line -> Double.parseDouble(line.get(6)) >= 0 && Double.parseDouble(line.get(6)) <= 1);
        assertThat(Double.parseDouble(curves.get(curves.size() - 1).get(5)))
                .isLessThan(Double.parseDouble(curves.get(curves.size() / 2).get(5)));
        for (List<String> line : lines(out.resolve("hardest.csv"))) {
            assertThat(line.get(4)).isNotEqualTo(line.get(5));
        }
    }
}
