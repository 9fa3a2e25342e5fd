package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.matrix.MatrixOptions;
import sluice.evaluation.regression.ErrorCsv;
import sluice.evaluation.regression.RegressionCell;
import sluice.evaluation.regression.RegressionMatrix;

/** The page in a real browser; skipped where there is none. */
@Tag("slow")
class ReportBrowserTest {
    private static final String DARK = "--blink-settings=preferredColorScheme=0";

    @TempDir
    private Path folder;

    private Browser browser;

    @BeforeEach
    void findBrowser() {
        Optional<Path> program = Browser.find();
        assumeTrue(
                program.isPresent(),
                "there is no chromium on the path: install Debian's package chromium to run this test");
        browser = new Browser(program.orElseThrow(), folder);
    }

    @Test
    void thePageDrawsEveryChartAndKeepsOutNobodyAndAsksForNothing() throws IOException, InterruptedException {
        Path page = probed(comparison());

        Browser.Visit visit = browser.visit(page, 1400);

        assertSound(visit);
        JsonNode probe = probe(visit);
        assertThat(probe.path("charts").size()).isGreaterThanOrEqualTo(10);
        assertThat(probe.path("charts").path("accuracy-matrix").intValue()).isGreaterThanOrEqualTo(16);
        assertThat(probe.path("background").asText()).isEqualTo("rgb(246, 247, 249)");
        assertThat(probe.path("acc").doubleValue()).isEqualTo(meanAccuracy());
        assertThat(probe.path("pictures").intValue()).isEqualTo(2);
    }

    @Test
    void darkAndNarrowPagesAreSoundToo() throws IOException, InterruptedException {
        Browser.Visit visit = browser.visit(probed(comparison()), 500, DARK);

        assertSound(visit);
        assertThat(visit.dom())
                .contains("<summary>formula</summary><span>mean of R[T][j], j = 1..T</span>")
                .contains("accuracy on all tasks after the last one was learned, mean");
        assertThat(probe(visit).path("background").asText()).isEqualTo("rgb(16, 21, 27)");
        assertThat(probe(visit).path("overflow").intValue()).isLessThanOrEqualTo(0);
    }

    @Test
    void hostileTextAppearsAsText() throws IOException, InterruptedException {
        Path run = ExampleRuns.small()
                .named(ReportPageTest.HOSTILE.toArray(String[]::new))
                .writeRun(folder.resolve("run"));

        Browser.Visit visit = browser.visit(
                probed(new Report(ReportData.ofFolders(List.of(run)), ReportPageTest.HOSTILE.get(0))), 1400);

        assertSound(visit);
        assertThat(probe(visit).path("heading").asText()).isEqualTo(ReportPageTest.HOSTILE.get(0));
        assertThat(probe(visit).path("foreign").intValue()).isZero();
    }

    @Test
    void aMatrixOfAnotherSystemIsShownWithoutGates() throws IOException, InterruptedException {
        Path csv = Files.writeString(folder.resolve("results.csv"), "a,b\n0.9,\n0.8,0.7\n");

        Browser.Visit visit = browser.visit(
                probed(Report.of(ReportData.ofMatrix(csv, MatrixOptions.DEFAULT).data())), 1400);

        assertSound(visit);
        assertThat(probe(visit).path("charts").size()).isEqualTo(3);
        assertThat(visit.dom()).contains("because cell (after task 1, task 2) is missing");
    }

    private Path numbers(String strategy, double[][] rmse) throws IOException {
        Path run = Files.createDirectories(folder.resolve(strategy));
        RegressionMatrix errors = RegressionMatrix.empty(strategy, 1, List.of("north", "south"));
        for (int i = 0; i < rmse.length; i++) {
            for (int j = 1; j <= 2; j++) {
                double squares = 10 * rmse[i][j - 1] * rmse[i][j - 1];
                errors = errors.with(i, j, new RegressionCell(squares, 4e10, 10));
            }
        }
        StringBuilder cells = new StringBuilder();
        ErrorCsv.write(List.of(errors), cells);
        Files.writeString(run.resolve("error-matrix.csv"), cells);
        StringBuilder names = new StringBuilder();
        AccuracyCsv.write(List.of(AccuracyMatrix.empty(strategy, 1, errors.tasks())), names);
        Files.writeString(run.resolve("accuracy-matrix.csv"), names);
        Files.writeString(
                run.resolve("learning-curves.csv"),
                "strategy,seed,task,step,epoch,loss,accuracy\nR,1,north,1,1,2.5,\nR,1,north,2,1,1.5,\nR,1,south,1,1,3,\n"
                        .replace("R", strategy));
        return run;
    }

    @Test
    void errorsOfNumbersOfAnySizeAreDrawnAndNothingIsSaidOfAccuracy() throws IOException, InterruptedException {
        Path kept = numbers("kept", new double[][] {{80_000, 90_000}, {12_345.6, 90_000}, {12_345.6, 0.5}});
        Path lost = numbers("lost", new double[][] {{80_000, 90_000}, {12_345.6, 90_000}, {50_000, 0.5}});

        Browser.Visit visit = browser.visit(probed(Report.of(ReportData.ofFolders(List.of(kept, lost)))), 1400);

        assertSound(visit);
        assertThat(probe(visit).path("charts").properties())
                .extracting(Map.Entry::getKey)
                .contains(
                        "accuracy-matrix", "accuracy-sequence", "forgetting-tasks", "strategy-bars", "learning-curves");
        String shown = visit.dom().replaceAll("(?s)<script.*?</script>", "").replaceAll("<[^>]*>", " ");
        assertThat(shown)
                .contains("RMSE and forgetting", "6,173.", "Mean loss since the point before.")
                .doesNotContainIgnoringCase("accurac");
    }

    @Test
    void networksThatGenerateShowWhatTheyDraw() throws IOException, InterruptedException {
        Path comparison = ExampleGenerators.several().writeComparison(folder.resolve("generators"));

        Browser.Visit visit = browser.visit(probed(Report.ofFolders(List.of(comparison))), 1400);

        assertSound(visit);
        assertThat(probe(visit).path("charts").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("variants-chart", "bound-steps", "latent-use");
        assertThat(probe(visit).path("drawn").intValue()).isEqualTo(3);
        assertThat(visit.dom()).contains("Summary: best", "2 of 3 variables active");
    }

    @Test
    void aNarrowDarkPageOfOneGeneratorIsSoundToo() throws IOException, InterruptedException {
        Path run = ExampleGenerators.small().writeRun(folder.resolve("generator"));

        Browser.Visit visit = browser.visit(probed(Report.ofFolders(List.of(run))), 500, DARK);

        assertSound(visit);
        assertThat(probe(visit).path("overflow").intValue()).isLessThanOrEqualTo(0);
        assertThat(probe(visit).path("charts").size()).isEqualTo(2);
    }

    @Test
    void aThinnedMatrixIsDrawnWithTheNumbersOfItsTasks() throws IOException, InterruptedException {
        ReportData data = ReportSizeTest.data(folder, List.of(ReportSizeTest.run("any", 1, 500)));

        Browser.Visit visit = browser.visit(probed(Report.of(data)), 1400);

        assertThat(visit.console()).as("console").isEmpty();
        assertThat(probe(visit).path("ready").asText()).isEqualTo("true");
        assertThat(probe(visit).path("violations")).as("accessibility").isEmpty();
        assertThat(visit.dom())
                .contains("Shown: every 2nd task of 500, and the last.")
                .contains("t0 from ")
                .contains("500 tasks");
    }

    @Test
    void runsThatAreSummedUpAndStrategiesOfFiguresAloneAreDrawn() throws IOException, InterruptedException {
        List<ReportRun> runs = IntStream.range(0, 300)
                .mapToObj(number -> ReportSizeTest.run("strategy " + number / 2, number % 2, 60))
                .toList();

        Browser.Visit visit = browser.visit(probed(Report.of(ReportSizeTest.data(folder, runs))), 1400);

        assertSound(visit);
        assertThat(visit.dom())
                .contains("runs are summed up by means and intervals")
                .contains("Means over 2 seeds")
                .contains("300 runs");
    }

    @Test
    void thePagePrints() throws IOException, InterruptedException {
        Path pdf = browser.print(
                Files.writeString(folder.resolve("page.html"), comparison().html()));

        assertThat(Files.readAllBytes(pdf)).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
        assertThat(Files.size(pdf)).isGreaterThan(20_000);
    }

    private static void assertSound(Browser.Visit visit) {
        assertThat(visit.console()).as("console").isEmpty();
        JsonNode probe = probe(visit);
        assertThat(probe.path("ready").asText()).isEqualTo("true");
        assertThat(probe.path("requests")).as("requests").isEmpty();
        assertThat(probe.path("violations")).as("accessibility").isEmpty();
        probe.path("charts")
                .properties()
                .forEach(chart -> assertThat(chart.getValue().intValue())
                        .as(chart.getKey())
                        .isPositive());
    }

    private Report comparison() {
        ExampleRuns runs = runs();
        return Report.of(ReportData.ofFolders(List.of(runs.writeComparison(folder.resolve("comparison")))));
    }

    private static ExampleRuns runs() {
        return new ExampleRuns(List.of("0-1", "2-3", "4-5"), List.of("gates", "ewc", "er"), 2, 30, 2);
    }

    private static double meanAccuracy() {
        double sum = 0;
        for (int seed = 1; seed <= 2; seed++) {
            for (int j = 1; j <= 3; j++) {
                sum += runs().matrix(0, seed).cell(3, j).orElseThrow().accuracy() / 3;
            }
        }
        return Math.round(sum / 2 * 1e12) / 1e12;
    }

    /** A copy of the page that looks at itself, with axe-core, and leaves what it found in an element. */
    private Path probed(Report report) throws IOException {
        String script = Resources.toString(Resources.getResource("axe.min.js"), StandardCharsets.UTF_8) + "\n"
                + Resources.toString(
                        Resources.getResource(ReportBrowserTest.class, "probe.js"), StandardCharsets.UTF_8);
        String hash = Base64.getEncoder()
                .encodeToString(Hashing.sha256()
                        .hashString(script, StandardCharsets.UTF_8)
                        .asBytes());
        String html = report.html();
        int policy = html.indexOf("script-src ") + "script-src ".length();
        int end = html.lastIndexOf("</body>");
        return Files.writeString(
                folder.resolve("probed.html"),
                html.substring(0, policy) + "'sha256-" + hash + "' " + html.substring(policy, end) + "<script>" + script
                        + "</script>" + html.substring(end));
    }

    private static JsonNode probe(Browser.Visit visit) {
        Matcher found = Pattern.compile("<script type=\"application/json\" id=\"probe\">(.*?)</script>", Pattern.DOTALL)
                .matcher(visit.dom());
        assertThat(found.find()).as("the probe has ended").isTrue();
        try {
            return new ObjectMapper().readTree(found.group(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
