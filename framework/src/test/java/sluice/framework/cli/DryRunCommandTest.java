package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunMetrics;

/** {@code sluice run --dry-run}: what a run would take, and what the run then takes. */
@Tag("slow")
class DryRunCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 200, test_size: 50}
            split: {groups: [[0, 1], [2, 3, 4]]}
            network: {hidden: [40, 30]}
            training: {epochs: 2, batch_size: 15}
            gates: {logit_mean: 0, logit_spread: 1}
            """;

    @TempDir
    private Path folder;

    private Console.Result run(String script, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        Object[] start = {"run", file, "--out", folder.resolve("out")};
        return sluice(Stream.concat(Stream.of(start), Stream.of(options)).toArray());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private double metric(String name) throws IOException {
        try (Reader in = Files.newBufferedReader(folder.resolve("out/metrics.csv"))) {
            RunMetrics metrics = MetricsCsv.read(in, "metrics.csv").get(0);
            return metrics.values().get(name).number().orElseThrow();
        }
    }

    @Test
    void aDryRunSaysWhatTheRunWouldTakeAndWritesNothing() throws IOException {
        Console.Result result = run(SCRIPT, "--dry-run");

        assertThat(result.code()).isZero();
        assertThat(result.unusual()).isEmpty();
        assertThat(result.out())
                .contains("mine, seed 1", "hidden [40, 30]")
                .containsPattern("\\| 0-1 +\\| +2 \\| +40 \\| +10 \\| +6 \\| +2.000 \\|")
                .containsPattern("\\| 2-3-4 +\\| +3 \\| +60 \\| +15 \\| +8 \\| +2.000 \\|")
                .contains("steps             14\n", "parameters        32,785 weights", "at most: ")
                .contains("strategy known after the run", "nothing was written")
                .doesNotContain("task 1/2", "\nwritten");
        assertThat(names()).containsExactly("mine.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"joint", "ewc", "{icarl: {memory: 40}}"})
    void theRunTakesWhatWasForeseen(String strategy) throws IOException {
        assertForeseen(SCRIPT, strategy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "joint",
                "ewc",
                "si",
                "lwf",
                "{der++: {memory: 20}}",
                "{a-gem: {memory: 20}}",
                "{icarl: {memory: 40}}",
                "packnet",
                "hat",
                "supermasks",
                "{xdg: {c: 1}}"
            })
    void soDoesTheRunOfANetworkWithMaps(String strategy) throws IOException {
        String maps = "layers: [{conv: {maps: 4, kernel: 5, pool: 4}}, {conv: {maps: 3, kernel: 3, padding: same}}]";

        assertForeseen(SCRIPT.replace("hidden: [40, 30]", maps), strategy);
    }

    private void assertForeseen(String of, String strategy) throws IOException {
        Object[] options = {"--set", "strategy=" + strategy, "--set", "training.iterations=7"};
        String script = of.replace("epochs: 2, ", "");
        String foreseen = run(
                        script,
                        Stream.concat(Stream.of(options), Stream.of("--dry-run"))
                                .toArray())
                .out();

        run(script, options);

        assertThat(foreseen)
                .contains(String.format(Locale.ROOT, ", strategy %,d\n", (long) metric("memory_bytes")))
                .contains(String.format(Locale.ROOT, "%.3g in all", metric("macs_dense")))
                .contains(
                        "steps             " + Math.round(metric("macs_dense") / metric("macs_dense_per_step")) + "\n");
    }

    @Test
    void whatWillSurpriseIsSaidAfterTheFigures() throws IOException {
        Console.Result result = run(SCRIPT, "--dry-run", "--set", "strategy=ewc", "--set", "scenario=class");

        assertThat(result.code()).isZero();
        assertThat(result.unusual().lines()).hasSize(2).allMatch(line -> line.startsWith("sluice: warning: "));
        assertThat(result.unusual()).contains("near 1/T", "gates: logit_mean, logit_spread do nothing");
    }

    @Test
    void aComparisonHasALinePerRunAndTheirSum() throws IOException {
        Console.Result result = run(SCRIPT + """
                compare:
                  seeds: [3, 4]
                  variants:
                  - name: gated
                  - name: long
                    set: {strategy: fine-tuning, training.epochs: 4}
                """, "--dry-run");

        assertThat(result.code()).isZero();
        assertThat(result.unusual()).isEmpty();
        assertThat(result.out())
                .contains("mine, 4 runs")
                .containsPattern("\\| gated +\\| +3 \\| +14 \\| +32,785 \\|")
                .containsPattern("\\| gated +\\| +4 \\| +14 \\| +32,785 \\|")
                .containsPattern("\\| long +\\| +4 \\| +28 \\| +32,785 \\|")
                .containsPattern("\\| all together +\\| +\\| +84 \\|")
                .doesNotContain("[1/4]");
        assertThat(names()).containsExactly("mine.yaml");
    }

    @Test
    void binaryUnitsAreForeseenToo() throws IOException {
        Console.Result result = run("""
                data: {set: digits, train_size: 200, test_size: 50}
                split: {classes_per_task: 10}
                network: {units: binary, hidden: [20]}
                training: {epochs: 1, batch_size: 20}
                """, "--dry-run");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("steps             10\n", "parameters        15,910 weights");
    }

    @Test
    void mistakesAreFoundAsByARun() throws IOException {
        assertThat(run(SCRIPT, "--dry-run", "--set", "split.groups=[[0, 12]]"))
                .satisfies(result -> assertThat(result.code()).isEqualTo(2))
                .satisfies(result -> assertThat(result.unusual()).contains("has no class 12"));
    }
}
