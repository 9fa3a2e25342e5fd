package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison that goes on where an earlier one was interrupted. */
@Tag("slow")
class ResumedComparisonTest {
    private static final String SCRIPT = """
        data: {set: digits, train_size: 100, test_size: 50}
        split: {groups: [[0, 1], [7, 3]]}
        network: {hidden: [40, 30]}
        gates: {logit_mean: 0, logit_spread: 1}
        training: {epochs: 1, batch_size: 20}
        compare:
          seeds: [1, 2]
          variants:
          - name: plain
          - name: ewc
            set: {strategy: ewc}
        """;
    private static final String DIVERGING = SCRIPT.replace(
            "{strategy: ewc}",
            "{strategy: ewc, training: {epochs: 1, batch_size: 20, optimizer: sgd, learning_rate: 1e30}}");

    @TempDir
    private Path folder;

    private Console.Result run(String script, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        Object[] start = {"run", file, "--out", folder.resolve("out"), "--threads", 1};
        return sluice(Stream.concat(Stream.of(start), Stream.of(options)).toArray());
    }

    private Path out(String name) {
        return folder.resolve("out").resolve(name);
    }

    private void remove(String run) throws IOException {
        try (Stream<Path> files = Files.list(out(run))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(out(run));
    }

    private FileTime time(String run) throws IOException {
        return Files.getLastModifiedTime(out(run).resolve("run.json"));
    }

    @Test
    void onlyWhatIsMissingIsRunAndTheFiguresAreThoseOfAll() throws IOException {
        run(SCRIPT);
        List<String> figures = Files.readAllLines(out("comparison.csv"));
        List<String> metrics = Files.readAllLines(out("metrics.csv"));
        byte[] model = Files.readAllBytes(out("plain-seed2/model.sluice"));
        FileTime kept = time("plain-seed1");
        remove("plain-seed2");

        Console.Result result = run(SCRIPT);

        assertThat(result.code()).as(result.unusual()).isZero();
        assertThat(result.unusual()).isEmpty();
        assertThat(result.out())
                .contains("[1/4] plain seed 1: finished before: ACC ", "[3/4] ewc seed 2: finished before: ACC ")
                .contains("[4/4] plain seed 2: ACC ")
                .containsPattern("\\| ewc +\\| +2 \\|");
        assertThat(time("plain-seed1")).isEqualTo(kept);
        assertThat(out("plain-seed2/model.sluice")).hasBinaryContent(model);
        assertThat(Files.readAllLines(out("comparison.csv"))).hasSameSizeAs(figures);
        assertThat(Files.readAllLines(out("comparison.csv")).get(1)).isEqualTo(figures.get(1));
        assertThat(Files.readAllLines(out("comparison.csv")).get(3)).isEqualTo(figures.get(3));
        assertThat(Files.readAllLines(out("metrics.csv"))).hasSameSizeAs(metrics);
        assertThat(Files.readAllLines(out("runs.csv")))
                .containsExactly(
                        "variant,seed,status,reason", "plain,1,done,", "plain,2,done,", "ewc,1,done,", "ewc,2,done,");
    }

    @Test
    void aFinishedComparisonIsNotRunAgainAndGivesTheSameFiles() throws IOException {
        run(SCRIPT);
        List<String> figures = Files.readAllLines(out("comparison.csv"));
        List<String> metrics = Files.readAllLines(out("metrics.csv"));

        Console.Result result = run(SCRIPT, "--fail-if", "acc > 1");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("[4/4] ewc seed 2: finished before").doesNotContain("ewc seed 2: ACC");
        assertThat(Files.readAllLines(out("comparison.csv"))).isEqualTo(figures);
        assertThat(Files.readAllLines(out("metrics.csv"))).isEqualTo(metrics);
        assertThat(out("checks.xml")).exists();
        run(SCRIPT);
        assertThat(out("checks.xml")).doesNotExist();
    }

    @Test
    void seedsCanBeAddedAndNamesAndPlacesMayChange() throws IOException {
        run(SCRIPT, "--seed", 1);

        Console.Result result = run("name: other\ndescription: the same\n" + SCRIPT);

        assertThat(result.code()).as(result.unusual()).isZero();
        assertThat(result.out()).contains("[2/4] ewc seed 1: finished before", "plain seed 2: ACC", "ewc seed 2: ACC");
    }

    @Test
    void aRunWithOtherSettingsIsReplacedOnlyWhenAskedTo() throws IOException {
        run(SCRIPT);
        FileTime before = time("ewc-seed1");
        String changed = SCRIPT.replace("{strategy: ewc}", "{strategy: ewc, training.epochs: 2}");

        assertThat(run(changed))
                .satisfies(result -> assertThat(result.code()).isEqualTo(2))
                .satisfies(result -> assertThat(result.unusual())
                        .hasLineCount(1)
                        .startsWith("sluice: " + out("ewc-seed1")
                                + " holds a run with other settings (training.epochs): " + "add --overwrite"));
        assertThat(time("ewc-seed1")).isEqualTo(before);

        Console.Result replaced = run(changed, "--overwrite");
        assertThat(replaced.code()).isZero();
        assertThat(replaced.out()).doesNotContain("finished before");
        assertThat(Files.readString(out("ewc-seed1/run.json"))).contains("\"epochs\" : 2");
    }

    @Test
    void aRunOnOtherDataIsRefusedAndSoIsOneOfAnotherBuild() throws IOException {
        run(SCRIPT);
        assertThat(run(SCRIPT.replace("test_size: 50", "test_size: 50, seed: 3"))
                        .unusual())
                .contains("plain-seed1 holds a run with other settings (data.seed), other data: ");

        Path record = out("plain-seed1/run.json");
        Files.writeString(record, Files.readString(record).replaceAll("\"build\" : \"..", "\"build\" : \"__"));
        assertThat(run(SCRIPT).unusual()).contains("run.json is not as the run wrote it");
        Files.delete(out("plain-seed1/checksums.sha256"));
        assertThat(run(SCRIPT).unusual()).contains("plain-seed1 holds a run with another build of Sluice: ");
    }

    @Test
    void aFailedRunIsListedWithItsReasonAndRunAgain() throws IOException {
        Console.Result first = run(DIVERGING);
        assertThat(first.code()).isEqualTo(2);
        assertThat(Files.readAllLines(out("runs.csv")))
                .hasSize(5)
                .contains("plain,2,done,")
                .anyMatch(line -> line.startsWith("ewc,1,failed,") && line.contains("the loss of task "));

        Console.Result again = run(DIVERGING);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.out())
                .contains("ewc seed 1 failed before and is run again: the loss of task ")
                .contains("[2/4] plain seed 2: finished before");

        Console.Result mended = run(SCRIPT);
        assertThat(mended.code()).isZero();
        assertThat(Files.readAllLines(out("runs.csv"))).noneMatch(line -> line.contains("failed"));
    }

    @Test
    void aRunThatIsNotInTheComparisonIsNotLeftOutOfItsFiguresSilently() throws IOException {
        run(SCRIPT);

        assertThat(run(SCRIPT, "--variants", "plain").unusual())
                .hasLineCount(1)
                .contains("holds a comparison with run ewc-seed1, which is not in this one: add --overwrite");
    }

    @Test
    void aDamagedRunIsNamed() throws IOException {
        run(SCRIPT);
        Files.writeString(out("plain-seed1/metrics.csv"), "strategy,seed,metric,value\ngates,1,acc,many\n");

        assertThat(run(SCRIPT).unusual()).hasLineCount(1).contains("cannot read " + out("plain-seed1"), "--overwrite");
    }
}
