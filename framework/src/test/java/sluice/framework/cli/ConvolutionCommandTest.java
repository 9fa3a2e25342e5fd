package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.network.GatedNetwork;
import sluice.tasks.digits.Digits;

/** Scripts whose networks have convolutions. */
class ConvolutionCommandTest {
    private static final String DATA = """
            data: {set: digits, train_size: 200, test_size: 50}
            split: {groups: [[0, 1], [2, 3]]}
            training: {epochs: 1, batch_size: 16}
            """;
    private static final String LAYERS =
            "network: {layers: [{conv: {maps: 6, kernel: 5, pool: 2}}, {conv: {maps: 8, kernel: 3, padding: same, pool: 3}}, {dense: 20}]}\n";

    @TempDir
    private Path folder;

    private Console.Result run(String script, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        Object[] start = {"run", file, "--out", folder.resolve("out")};
        return sluice(Stream.concat(Stream.of(start), Stream.of(options)).toArray());
    }

    @Test
    void aRunLearnsAndItsModelPredicts() throws IOException {
        Console.Result result = run(DATA + LAYERS);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("network   layers [{conv: {maps: 6, kernel: 5, padding: valid, pool: 2, pooling: max}}, ")
                .contains("exact retention   yes")
                .contains("occupancy layer 2", "of 8 units");
        GatedNetwork network = GatedNetwork.load(folder.resolve("out/model.sluice"));
        assertThat(network.hidden()).containsExactly(6, 8, 20);
        float[][] images = {Digits.draw(10, 10, 1).test().row(0)};
        assertThat(network.predict("0-1", images)[0]).isBetween(0, 1);
    }

    @Test
    void otherStrategiesAndReferencesHaveTheSameLayers() throws IOException {
        Console.Result result = run(DATA + LAYERS + """
                strategy: ewc
                report: {references: [joint, independent], continual: 5}
                """);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("strategy ewc", "FWT (independent)");
        assertThat(folder.resolve("out/continual-evaluation.csv")).exists();
        JsonNode record =
                new ObjectMapper().readTree(folder.resolve("out/run.json").toFile());
        assertThat(record.findPath("references").toString()).contains("joint", "independent");
    }

    @Test
    void averagePoolingIsChosenByAKey() throws IOException {
        Console.Result result = run(
                DATA
                        + "network: {layers: [{conv: {maps: 6, kernel: 5, pool: 2, pooling: average}}, {conv: {maps: 8, kernel: 3, pool: 3}}, {dense: 20}]}\n");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("network   layers [{conv: {maps: 6, kernel: 5, padding: valid, pool: 2, pooling: average}}, ")
                .contains("exact retention   yes");
        assertThat(GatedNetwork.load(folder.resolve("out/model.sluice")).hidden())
                .containsExactly(6, 8, 20);
    }

    @Test
    void aDryRunCountsWhatIsComputed() throws IOException {
        long first = 6 * 25 * 24 * 24;
        long second = 8 * 6 * 9 * 12 * 12;
        long dense = 20 * 8 * 16;
        long head = 4 * 20;

        Console.Result result = run(DATA + LAYERS, "--dry-run");

        long parameters = 6 * 26 + 8 * (6 * 9 + 1) + 20 * (8 * 16 + 1) + 4 * 21;
        double perStep = 16 * (2.0 * first + 3 * (second + dense + head));
        assertThat(result.out())
                .contains("parameters        %,d weights".formatted(parameters))
                .contains("multiply-adds     %.3g per step".formatted(perStep));
    }

    @Test
    void layersAreInTheRecordOfARunAsTheyWereWritten() throws IOException {
        run(DATA + LAYERS);

        JsonNode record =
                new ObjectMapper().readTree(folder.resolve("out/run.json").toFile());

        assertThat(record.findPath("layers").toString())
                .isEqualTo(
                        "[{\"conv\":{\"maps\":6,\"kernel\":5,\"padding\":\"valid\",\"pool\":2,\"pooling\":\"max\"}},{\"conv\":{\"maps\":8,\"kernel\":3,\"padding\":\"same\",\"pool\":3,\"pooling\":\"max\"}},{\"dense\":20}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{network: {layers: [{conv: {maps: 4, kernel: 29}}]}} | network.layers[0]: a kernel of 29 x 29 does not fit on maps of 28 x 28",
                "{network: {layers: [{conv: {maps: 4, kernel: 5, pool: 2}}, {conv: {maps: 4, kernel: 5, pool: 9}}]}} | network.layers[1]: squares of 9 x 9 leave nothing of maps of 8 x 8",
                "{network: {layers: [{conv: {maps: 1000, kernel: 3, padding: same}}]}, strategy: er} | training.batch_size: 1000 examples of 784000 values do not fit in memory"
            })
    void whatDoesNotFitIsOneLine(String more, String complaint) throws IOException {
        String added = more.replaceAll("^[{]|[}]$", "").replace("]}, ", "]}\n");
        Console.Result result = run(DATA.replace("batch_size: 16", "batch_size: 500") + added);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(complaint).hasLineCount(1);
        assertThat(folder.resolve("out/model.sluice")).doesNotExist();
    }

    @Test
    void dataWithoutImagesIsRefused() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "a,b,l\n1,2,0\n3,4,1\n1,1,0\n0,2,1\n");

        Console.Result result = run("""
                data: {set: csv, file: t.csv, label: l, test_share: 0.5}
                split: {classes_per_task: 2}
                network: {layers: [{conv: {maps: 4, kernel: 1}}]}
                """);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains(
                        "mine.yaml:3: network.layers[0]: a convolution needs images, and these are vectors of 2 features");
    }
}
