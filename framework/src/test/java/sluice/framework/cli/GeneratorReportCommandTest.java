package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs of networks that generate write is what their report reads. */
@Tag("slow")
class GeneratorReportCommandTest {
    private static final String SCRIPT = """
            name: drawn
            data: {set: digits, train_size: 60, test_size: 20}
            generator: {latents: [{variables: 3, choices: 4}], class: given, validation: 10, evaluate: {samples: 7, images: 10}}
            training: {iterations: 5, batch_size: 10}
            threads: 1
            """;

    private static final String COMPARED = SCRIPT + """
            compare:
              seeds: [1, 2]
              variants:
                - {name: hard, set: {generator.estimator: st-sigmoid}}
                - {name: soft, set: {generator.estimator: gumbel-softmax}}
            """;

    @TempDir
    private Path folder;

    private Path run(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("drawn.yaml"), script);
        Path out = folder.resolve("run");
        Console.Result result = Console.sluice("run", file, "--out", out, "--quiet");
        assertThat(result.code()).as(result.err()).isZero();
        return out;
    }

    @Test
    void aRunEndsWithItsReport() throws IOException {
        Path run = run(SCRIPT);

        assertThat(run.resolve("report.md"))
                .content()
                .startsWith("# drawn\n")
                .contains(
                        "by m = 7 samples",
                        "mean over 10 test images",
                        "(<samples.png>)",
                        " of 4 variables are active");
        assertThat(run.resolve("report.html")).content().contains("data:image/png;base64,");
    }

    @Test
    void aComparisonEndsWithItsReportWhichIsMadeAnewFromItsFiles() throws IOException {
        Path run = run(COMPARED);
        String first = Files.readString(run.resolve("report.md"));

        Console.Result result = Console.sluice("report", run, "--charts");

        assertThat(result.code()).isZero();
        assertThat(first)
                .contains("- Least NLL: ", "paired over 10 test images (mean over 2 seeds)")
                .contains("-seed1/samples.png>)");
        assertThat(run.resolve("report.md")).content().isEqualTo(first);
        assertThat(run.resolve("charts/latent-use-1-hard.png")).isRegularFile();
    }

    @Test
    void aMissingFileIsToldOnOneLine() throws IOException {
        Path run = run(SCRIPT);
        Files.delete(run.resolve("latents.csv"));

        assertThat(Console.sluice("report", run)).satisfies(Console.oneLine("there is no latents.csv in it"));
    }
}
