package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.network.GatedNetwork;
import sluice.tasks.digits.Digits;

/** Scripts whose networks normalise what units compute. */
class NormalisationCommandTest {
    private static final String DATA = """
            data: {set: digits, train_size: 200, test_size: 50}
            split: {groups: [[0, 1], [2, 3]]}
            training: {epochs: 2, batch_size: 16}
            """;

    @TempDir
    private Path folder;

    private Console.Result run(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        return sluice("run", file, "--out", folder.resolve("out"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "network: {hidden: [30, 20], normalisation: batch}",
                "network: {layers: [{conv: {maps: 6, kernel: 5, pool: 4}}, {dense: 20}], normalisation: batch}",
                "network: {hidden: [12, 12], normalisation: batch, growth: auto}"
            })
    void aRunLearnsRetainsAndItsModelPredicts(String network) throws IOException {
        Console.Result result = run(DATA + network + "\n");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("normalisation batch").contains("exact retention   yes");
        GatedNetwork learned = GatedNetwork.load(folder.resolve("out/model.sluice"));
        assertThat(learned.parts().state("0-1").own()).allMatch(own -> own.perUnit() == 4);
        float[][] images = {Digits.draw(10, 10, 1).test().row(0)};
        assertThat(learned.predict("0-1", images)[0]).isBetween(0, 1);
        Console.Result forgotten = sluice(
                "forget",
                "--model",
                folder.resolve("out/model.sluice"),
                "--task",
                "0-1",
                "--out",
                folder.resolve("forgotten.sluice"));
        assertThat(forgotten.code()).as(forgotten.err()).isZero();
    }

    @Test
    void subnetworksBesideADiscriminantAreNormalisedToo() throws IOException {
        Console.Result result = run(
                DATA
                        + "network: {hidden: [12], normalisation: batch}\nscenario: class\nstrategy: random-feature-lda\ninference: {features: 100, subnetworks: 1}\n");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Files.readString(folder.resolve("out/run.json"))).contains("\"normalisation\" : \"batch\"");
    }

    @Test
    void itStandsInTheRecordOfARun() throws IOException {
        run(DATA + "network: {hidden: [9], normalisation: batch}\n");

        assertThat(Files.readString(folder.resolve("out/run.json"))).contains("\"normalisation\" : \"batch\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "strategy: ewc | network.normalisation: strategy ewc normalises no layer",
                "scenario: class | network.normalisation: where tasks are not told, random features",
                "report: {references: [joint]} | report.references: reference joint normalises no layer"
            })
    void whereNothingIsNormalisedItIsRefusedInOneLine(String more, String complaint) throws IOException {
        Console.Result result = run(DATA + "network: {hidden: [9], normalisation: batch}\n" + more + "\n");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(complaint).hasLineCount(1);
        assertThat(folder.resolve("out/model.sluice")).doesNotExist();
    }

    @Test
    void batchesOfOneExampleAreRefusedAsTheyHaveNoVariance() throws IOException {
        String one = DATA.replaceAll("batch_size: \\d+", "batch_size: 1");

        Console.Result result = run(one + "network: {hidden: [9], normalisation: batch}\n");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("training.batch_size: one example has no variance")
                .hasLineCount(1);
    }
}
