package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a person reads fits the terminal. */
@Isolated("the property sluice.columns is this process's")
class TerminalWidthTest {
    private static final String COLUMNS = "sluice.columns";
    private static final String SCRIPT = """
            data: {set: digits, train_size: 300, test_size: 60, normalisation: unit}
            split: {classes_per_task: 2}
            network: {hidden: [12, 10]}
            training: {iterations: 20, batch_size: 16}
            threads: 1
            """;
    private static final String COMPARED = SCRIPT + """
            compare:
              seeds: [1, 2]
              variants:
              - {name: gates-with-a-name-that-is-rather-long}
              - {name: er, set: {strategy: {er: {memory: 40}}}}
            """;

    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(COLUMNS);
    }

    /** The lines that a person sees on a terminal of that width; a bar's later states come in its place. */
    private List<String> seen(int columns, Object... words) {
        System.setProperty(COLUMNS, Integer.toString(columns));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                true);
        int code = SluiceCommand.execute(
                terminal, Stream.of(words).map(Object::toString).toArray(String[]::new));
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return Arrays.asList(out.toString(StandardCharsets.UTF_8).split("[\r\n]+"));
    }

    private void fits(int columns, Object... words) {
        assertThat(seen(columns, words))
                .as(Arrays.toString(words))
                .hasSizeGreaterThan(2)
                // where files are is not broken, so that it can be copied
                .filteredOn(line -> !line.contains(folder.toString()))
                // a bar's thread may draw it once more behind its end: what comes next is then in its line
                .filteredOn(line -> !(line.contains("% [") && line.contains(" consolidated in ")))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    }

    private Path script(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void noLineIsWider(int columns) throws IOException {
        Path one = script("one.yaml", SCRIPT);
        Path compared = script("compared.yaml", COMPARED);
        Path run = folder.resolve("run");
        Path comparison = folder.resolve("comparison");

        fits(columns, "run", one, "--dry-run");
        fits(columns, "run", one, "--out", run);
        fits(columns, "run", compared, "--dry-run");
        fits(columns, "run", compared, "--out", comparison);
        fits(columns, "metrics", run);
        fits(columns, "info", run);
        fits(columns, "evaluate", "--model", run, "--script", one, "--out", folder.resolve("evaluated"));
        fits(columns, "compare", comparison + ":er", comparison + ":gates-with-a-name-that-is-rather-long");
        fits(columns, "report", "--matrix", run.resolve("accuracy-matrix.csv"), "--out", folder.resolve("report"));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void noLineOfAListIsWider(int columns) {
        fits(columns, "list");
        for (String kind : new String[] {"sequences", "data-sets", "strategies", "estimators", "metrics"}) {
            fits(columns, "list", kind);
        }
        fits(columns, "estimators", "--samples", "100", "--out", folder.resolve("estimators"));
    }

    @Test
    void aTableIsInPartsThatEachNameTheirRows() throws IOException {
        List<String> lines = seen(80, "run", script("compared.yaml", COMPARED), "--out", folder.resolve("parts"));

        assertThat(lines).filteredOn(line -> line.startsWith("| strategy ")).hasSizeGreaterThan(1);
        long parts =
                lines.stream().filter(line -> line.startsWith("| strategy ")).count();
        assertThat(lines).filteredOn(line -> line.startsWith("| er ")).hasSize((int) parts);
    }
}
