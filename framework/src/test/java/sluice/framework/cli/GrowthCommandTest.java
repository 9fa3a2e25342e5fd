package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How costs grow, told, drawn and written. */
class GrowthCommandTest {
    @TempDir
    private Path folder;

    private static Console.Result growth(Object... options) {
        return Console.sluice(
                Stream.concat(Stream.of("bench", "--seconds", "0.01", "--threads", "2"), Stream.of(options))
                        .toArray());
    }

    private static List<CSVRecord> records(Path file) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(file), format)) {
            return parser.getRecords();
        }
    }

    @Test
    void everyCostIsMeasuredAlongWhatItGrowsWith() throws IOException {
        Path out = folder.resolve("growth");

        Console.Result result = growth("--growth", out, "--most-width", "200", "--optimizer", "sgd");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains(
                        "batch 64, sgd",
                        "training step by earlier tasks",
                        "prediction by images at once",
                        "grows to the power of");
        assertThat(ImageIO.read(out.resolve("growth.png").toFile()).getWidth()).isEqualTo(1800);
        assertThat(out.resolve("growth.svg")).isNotEmptyFile();
        Map<String, List<String>> places = records(out.resolve("growth.csv")).stream()
                .collect(Collectors.groupingBy(
                        record -> record.get("cost") + " by " + record.get("against"),
                        Collectors.mapping(record -> record.get("x"), Collectors.toList())));
        assertThat(places)
                .hasSize(12)
                .containsEntry("training step by units of each hidden layer", List.of("100.0", "200.0"))
                .containsEntry("training step by earlier tasks", List.of("1.0", "10.0", "100.0", "1000.0"))
                .containsEntry("training step by threads", List.of("1.0", "2.0"))
                .containsEntry("report by runs of ten tasks", List.of("1.0", "4.0", "16.0", "64.0"));
        assertThat(records(out.resolve("growth.csv")))
                .allSatisfy(record ->
                        assertThat(Double.parseDouble(record.get("y"))).isPositive());
        assertThat(growth("--growth", out)).satisfies(Console.oneLine("holds measurements", "--overwrite"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--overwrite | --overwrite: has a meaning with --growth only",
                "--most-width=300 | --most-width: has a meaning with --growth only",
                "--growth=out --most-width=100 | --most-width must be in [200, 8000], got 100",
                "--growth=out --width=300 | --growth: has no --width (its widths end at --most-width) beside it",
                "--growth=out --against=other | --growth: has no --against beside it",
                "--growth=out --optimizer=amsgrat | unknown optimizer 'amsgrat': did you mean 'amsgrad'?",
                "--pairs=3 | --pairs: has a meaning with --against only",
                "--only=list | --only: has a meaning with --against only",
                "--growth=pom.xml | pom.xml is a file or a link: name another with --growth"
            })
    void whatCannotBeIsOneLine(String options, String part) {
        assertThat(growth((Object[]) options.split(" ", -1))).satisfies(Console.oneLine(part));
    }
}
