package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.RunChecksums;
import sluice.evaluation.run.ImageBound;
import sluice.evaluation.run.RunFile;

class GeneratorReportTest {
    @TempDir
    private Path folder;

    private static Report report(Path... folders) {
        return Report.ofFolders(List.of(folders));
    }

    private static String markdown(Path run) throws IOException {
        report(run).writeTo(run);
        return Files.readString(run.resolve(Report.MARKDOWN));
    }

    @Test
    void aRunIsToldWithItsDefinitionsPicturesAndLatents() throws IOException {
        String text = markdown(ExampleGenerators.small().writeRun(folder.resolve("run")));

        assertThat(text)
                .startsWith("# mine\n")
                .contains("- NLL at most 93.24 nats, ")
                .contains("by m = 1,000 samples\n")
                .contains("2 of 3 latent variables say something of the image")
                .contains("| variant | runs | NLL (nats) | Negative ELBO (nats) | KL (nats) |")
                .contains("of m = 1,000 samples with hard latents: mean over 20 test images")
                .contains("(<samples.png>)", "(<reconstructions.png>)", "(<traversals.png>)")
                .contains("| 1,000 | 100.00 | 101.00 |")
                .contains("| class | 1 | 10 | 2.2500 | 12.5 % |\n| 1 | 2 | 5 | 1.5000 | 25.0 % |")
                .doesNotContain("seed 1", "(best)");
    }

    @Test
    void theBestVariantIsMarkedWithItsPairedDifference() throws IOException {
        ExampleGenerators runs = ExampleGenerators.several();

        String text = markdown(runs.writeComparison(folder.resolve("c")));

        double[] differences = IntStream.range(0, 20)
                .mapToDouble(i -> IntStream.rangeClosed(1, 2)
                        .mapToDouble(seed -> weighted(runs, 2, seed, i) - weighted(runs, 1, seed, i))
                        .average()
                        .orElseThrow())
                .toArray();
        double mean = IntStream.range(0, 20).mapToDouble(i -> differences[i]).sum() / 20;
        double squares = IntStream.range(0, 20)
                .mapToDouble(i -> Math.pow(differences[i] - mean, 2))
                .sum();
        BoundDifference found = BoundDifference.of(GeneratorFolders.read(List.of(folder.resolve("c"))))
                .orElseThrow();
        assertThat(found.mean()).isCloseTo(mean, within(1e-12));
        assertThat(found.error().orElseThrow()).isCloseTo(Math.sqrt(squares / 19 / 20), within(1e-12));
        assertThat(found.next()).isEqualTo("middle");
        assertThat(text)
                .contains("- Least NLL: best with ")
                .contains(" nats below the next best, middle, paired over 20 test images (mean over 2 seeds)")
                .contains("| best (best) | 2 | **")
                .contains("### Samples: best, seed 1")
                .contains("(<best-seed1/samples.png>)");
    }

    private static double weighted(ExampleGenerators runs, int variant, int seed, int index) {
        return runs.bounds(variant, seed).get(index).importanceWeighted();
    }

    @Test
    void boundsOfOtherImagesAreNotPaired() throws IOException {
        Path comparison = ExampleGenerators.several().writeComparison(folder.resolve("c"));
        Path record = comparison.resolve("middle-seed1").resolve(RunFile.RECORD);
        Files.writeString(record, Files.readString(record).replace("0123", "4567"));

        assertThat(markdown(comparison))
                .contains("The difference to the next best, middle, is undefined")
                .contains("runs were evaluated on different test images: their bounds do not compare");
    }

    @Test
    void aStructuredNetworkHasNoDivergenceAndSaysWhy() {
        Path run = ExampleGenerators.small().writeStructured(folder.resolve("run"));

        JsonNode page = ReportPageTest.data(report(run).html());

        assertThat(page.path("runs").path(0).path("metrics").path("kl").asText())
                .isEqualTo("latents of a structured network have no prior");
        assertThat(page.path("headline").path(0).path("definition").asText())
                .contains("the lower half of an image given its upper half");
    }

    @Test
    void thePageHoldsFiguresCurvesLatentsAndPictures() {
        Path comparison = ExampleGenerators.several().writeComparison(folder.resolve("c"));

        String html = report(comparison).html();

        JsonNode page = ReportPageTest.data(html);
        assertThat(page.path("strategies")).hasSize(3);
        assertThat(page.path("strategies").path(2).path("best").booleanValue()).isTrue();
        JsonNode run = page.path("runs").path(0);
        assertThat(run.path("curve").path(3)).hasToString("[100,190.0,191.0]");
        assertThat(run.path("latents").path(0)).hasToString("[0,1,10,2.25,0.125]");
        assertThat(run.path("pictures").path("traversals").asText()).startsWith("data:image/png;base64,iVBORw0KGgo");
        assertThat(html).contains("img-src data:").doesNotContain("accuracySection");
        assertThat(page.path("notes")).isEmpty();
    }

    @Test
    void aLargePageLeavesOutPicturesAndSaysSo() {
        Path comparison = new ExampleGenerators(List.of("a", "b"), 3, 20, 400).writeComparison(folder.resolve("c"));

        String html = report(comparison).html();

        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(Report.LARGEST_PAGE);
        JsonNode page = ReportPageTest.data(html);
        assertThat(page.path("notes"))
                .extracting(JsonNode::asText)
                .contains("pictures are shown of the first seed of each variant only; the folder of each run has all");
        assertThat(page.path("runs").path(0).path("pictures")).hasSize(3);
        assertThat(page.path("runs").path(1).path("pictures")).isEmpty();
    }

    @Test
    void missingAndDamagedFilesAreNamedOnOneLine() throws IOException {
        Path run = ExampleGenerators.small().writeRun(folder.resolve("run"));
        for (String name : List.of(RunFile.METRICS, RunFile.BOUNDS, RunFile.TEST_BOUNDS, RunFile.LATENTS)) {
            Path away = Files.move(run.resolve(name), folder.resolve("away"));
            refused(run, "there is no " + name + " in it");
            Files.move(away, run.resolve(name));
        }

        String bounds = Files.readString(run.resolve(RunFile.TEST_BOUNDS));
        Files.writeString(run.resolve(RunFile.TEST_BOUNDS), bounds.substring(0, bounds.lastIndexOf("20,")));
        refused(run, "metric nll is ");
        Files.writeString(run.resolve(RunFile.TEST_BOUNDS), bounds.replaceFirst("-9\\d", "x"));
        refused(run, "bounds-test.csv, line 2, column importance_weighted: must be a decimal number");
        Files.writeString(
                run.resolve(RunFile.TEST_BOUNDS),
                bounds.lines().limit(1).toList().get(0) + "\n");
        refused(run, "bounds-test.csv: there is no line but the header");
        Files.writeString(run.resolve(RunFile.TEST_BOUNDS), bounds);

        Files.writeString(run.resolve(RunFile.SAMPLES), "GIF");
        refused(run, "samples.png is no PNG picture");
    }

    private static void refused(Path run, String words) {
        assertThatThrownBy(() -> report(run))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("\n");
    }

    @Test
    void checksumsAreHeldAgainstPictures() throws IOException {
        Path run = ExampleGenerators.small().writeRun(folder.resolve("run"));
        RunChecksums.write(run);
        Files.write(run.resolve(RunFile.SAMPLES), new byte[] {1});

        refused(run, "samples.png is not as the run wrote it");
    }

    @Test
    void aRunWithoutPicturesAndProvenanceIsReportedAllTheSame() throws IOException {
        Path run = ExampleGenerators.small().writeRun(folder.resolve("run"));
        for (ModelPicture picture : ModelPicture.values()) {
            Files.delete(run.resolve(picture.file()));
        }
        Files.delete(run.resolve(RunFile.RECORD));

        assertThat(markdown(run))
                .startsWith("# Networks that generate\n")
                .contains("by m samples")
                .doesNotContain("### Samples");
    }

    @Test
    void runsOfTasksAndGeneratorsGetAReportOfEach() {
        Path tasks = ExampleRuns.small().writeRun(folder.resolve("tasks"));
        Path run = ExampleGenerators.small().writeRun(folder.resolve("run"));

        assertThatThrownBy(() -> report(tasks, run))
                .isInstanceOf(MatrixFormatException.class)
                .hasMessageContaining("make a report of each");
    }

    @Test
    void foldersOfTheSameVariantAndSeedAreToldApart() {
        Path one = ExampleGenerators.small().writeRun(folder.resolve("one"));
        Path two = ExampleGenerators.small().writeRun(folder.resolve("two"));

        assertThat(report(one, two).markdown()).contains("| concrete (best) | 1 |", "| concrete (two) | 1 |");
    }

    @Test
    void runsThatArePackedAreReadInPlace() throws IOException {
        Path run = ExampleGenerators.small().writeRun(folder.resolve("run"));
        Path archive = folder.resolve("run.zip");
        try (FileSystem zip =
                FileSystems.newFileSystem(URI.create("jar:" + archive.toUri()), Map.of("create", "true"))) {
            try (Stream<Path> files = Files.list(run)) {
                for (Path file : files.toList()) {
                    Files.copy(file, zip.getPath("/", file.getFileName().toString()));
                }
            }
        }

        assertThat(report(archive).markdown())
                .contains("NLL at most")
                .contains("The archive holds it as /samples.png.");
    }

    @Test
    void chartsAndEventsAreWritten() throws IOException {
        Report report = report(ExampleGenerators.several().writeComparison(folder.resolve("c")));

        assertThat(report.writeCharts(folder.resolve("charts")))
                .contains(
                        folder.resolve("charts/bound-steps-1-worst.png"),
                        folder.resolve("charts/latent-use-3-best.svg"))
                .hasSize(12)
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
        assertThat(report.writeEvents(folder.resolve("events")))
                .hasSize(6)
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void hostileNamesAreNoMarkup() throws IOException {
        Path run = new ExampleGenerators(List.of("<b>|*a*"), 1, 5, 8).writeRun(folder.resolve("run"));

        String text = markdown(run);

        assertThat(text).contains("| \\<b\\>\\|\\*a\\* |").doesNotContain("<b>");
        assertThat(report(run).html()).doesNotContain("<b>|*a*");
    }

    @Test
    void failedAndWaitingRunsAreSaid() throws IOException {
        Path comparison = ExampleGenerators.several().writeComparison(folder.resolve("c"));
        Path runs = comparison.resolve(RunFile.RUNS);
        Files.writeString(runs, Files.readString(runs) + "lost,1,failed,diverged at step 3\nlate,1,waiting,\n");

        assertThat(markdown(comparison))
                .contains("- failed: lost, seed 1: diverged at step 3")
                .contains("1 run is still to come")
                .contains("| lost | 0 | - |");
    }

    @Test
    void oneImageHasADifferenceWithoutAnError() {
        Path comparison = new ExampleGenerators(List.of("a", "b"), 1, 1, 8).writeComparison(folder.resolve("c"));

        List<ImageBound> b = new ExampleGenerators(List.of("a", "b"), 1, 1, 8).bounds(1, 1);
        BoundDifference found =
                BoundDifference.of(GeneratorFolders.read(List.of(comparison))).orElseThrow();

        assertThat(b).hasSize(1);
        assertThat(found.error()).isEmpty();
        assertThat(report(comparison).markdown()).contains("paired over 1 test image (mean over 1 seed).");
    }
}
