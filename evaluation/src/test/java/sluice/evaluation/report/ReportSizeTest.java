package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingReport;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.matrix.MatrixOptions;

/** The page is below its size whatever it shows, and holds what matters most. */
@Tag("slow")
class ReportSizeTest {
    private static final int DECIMALS = 1_000_000;

    @TempDir
    private Path folder;

    static ReportRun run(String strategy, long seed, int tasks) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> names = IntStream.range(0, tasks).mapToObj(j -> "t" + j).toList();
        AccuracyMatrix.Builder matrix = AccuracyMatrix.builder(strategy, seed, names);
        for (int i = 0; i <= tasks; i++) {
            for (int j = 1; j <= tasks; j++) {
                matrix.set(i, j, new AccuracyMatrix.Cell(random.nextInt(DECIMALS), DECIMALS));
            }
        }
        AccuracyMatrix built = matrix.build();
        return new ReportRun(
                "made up",
                built,
                false,
                DerivedMetric.addTo(RunMetrics.of(ForgettingReport.of(built))),
                RunDetails.none());
    }

    private ReportData data(List<ReportRun> runs) throws IOException {
        return data(folder, runs);
    }

    static ReportData data(Path folder, List<ReportRun> runs) throws IOException {
        Path any = Files.writeString(folder.resolve("any.csv"), "after_task,task,accuracy\n1,a,0.5\n");
        return ReportData.ofMatrix(any, MatrixOptions.DEFAULT).data().with(runs);
    }

    private static JsonNode page(ReportData data) {
        String html = Report.of(data).html();
        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(Report.LARGEST_PAGE);
        return ReportPageTest.data(html);
    }

    private static List<String> notes(JsonNode page) {
        return StreamSupport.stream(page.path("notes").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"250, 1", "400, 2", "1000, 3", "3000, 8"})
    void aMatrixOfManyTasksIsThinnedWithFirstAndLastAndWhatMattersIsWhole(int tasks, int every) throws IOException {
        ReportRun run = run("any", 1, tasks);

        JsonNode page = page(data(ImmutableList.of(run)));

        JsonNode columns = page.path("shown").path("columns");
        assertThat(columns.path(0).intValue()).isZero();
        assertThat(columns.path(1).intValue()).isEqualTo(every);
        assertThat(columns.path(columns.size() - 1).intValue()).isEqualTo(tasks - 1);
        JsonNode shown = page.path("runs").path(0);
        assertThat(shown.path("matrix")).hasSize(columns.size() + 1);
        assertThat(shown.path("learned")).hasSize(tasks);
        assertThat(shown.path("last")).hasSize(tasks);
        assertThat(shown.path("forgetting")).hasSize(tasks);
        assertThat(shown.path("metrics").path("acc").doubleValue())
                .isEqualTo(run.metric("acc").number().orElseThrow());
        assertThat(page.path("tasks")).hasSize(tasks);
        assertThat(notes(page))
                .hasSize(every == 1 ? 0 : 1)
                .allSatisfy(note -> assertThat(note).contains("every ", " task of ", "accuracy-matrix.csv"));
    }

    @Test
    void whatIsShownIsWhatTheMatrixHolds() throws IOException {
        ReportRun run = run("any", 1, 700);

        JsonNode page = page(data(ImmutableList.of(run)));

        JsonNode shown = page.path("runs").path(0);
        JsonNode rows = page.path("shown").path("rows");
        JsonNode columns = page.path("shown").path("columns");
        for (int y = 0; y < rows.size(); y += 7) {
            for (int x = 0; x < columns.size(); x += 5) {
                assertThat(shown.path("matrix").path(y).path(x).path(0).doubleValue())
                        .isEqualTo(run.matrix()
                                .cell(rows.path(y).intValue(), columns.path(x).intValue() + 1)
                                .orElseThrow()
                                .accuracy());
            }
        }
        assertThat(shown.path("learned").path(123).path(0).doubleValue())
                .isEqualTo(run.matrix().cell(124, 124).orElseThrow().accuracy());
        assertThat(shown.path("last").path(123).path(0).doubleValue())
                .isEqualTo(run.matrix().cell(700, 124).orElseThrow().accuracy());
    }

    @ParameterizedTest
    @CsvSource({"3500, 2", "5000, 2", "200, 40"})
    void manyRunsAreSummedUp(int seeds, int tasks) throws IOException {
        List<ReportRun> runs = IntStream.rangeClosed(1, seeds)
                .mapToObj(seed -> run("any", seed, tasks))
                .toList();
        ReportData data = data(runs);

        JsonNode page = page(data);

        assertThat(page.path("runCount").intValue()).isEqualTo(seeds);
        assertThat(page.path("runs")).hasSize(1);
        JsonNode strategy = page.path("strategies").path(0);
        assertThat(strategy.path("count").intValue()).isEqualTo(seeds);
        assertThat(strategy.path("metrics").path("acc").path("n").intValue()).isEqualTo(seeds);
        assertThat(strategy.path("matrix").path(1).path(0)).hasSize(2);
        assertThat(notes(page)).anySatisfy(note -> assertThat(note).contains("runs are summed up", "metrics.csv"));
    }

    @Test
    void sixHundredRunsOfTwoTasksAreAllShown() throws IOException {
        JsonNode page = page(data(IntStream.rangeClosed(1, 600)
                .mapToObj(seed -> run("any", seed, 2))
                .toList()));

        assertThat(page.path("runs")).hasSize(600);
        assertThat(notes(page)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3500, 2", "5000, 2", "100, 100"})
    void manyStrategiesKeepTheFiguresOfTheHeadline(int strategies, int tasks) throws IOException {
        List<ReportRun> runs = IntStream.rangeClosed(1, strategies)
                .mapToObj(s -> run("strategy " + s, 1, tasks))
                .toList();

        JsonNode page = page(data(runs));

        assertThat(page.path("strategyCount").intValue()).isEqualTo(strategies);
        for (JsonNode strategy : page.path("strategies")) {
            assertThat(strategy.path("metrics").path("acc").has("mean")
                            || page.path("runs")
                                    .path(strategy.path("runs").path(0).asInt(-1))
                                    .path("metrics")
                                    .has("acc"))
                    .isTrue();
        }
        assertThat(notes(page)).isNotEmpty();
    }

    @Test
    void namesOfAnyLengthDoNotMakeItLarger() throws IOException {
        List<String> names =
                IntStream.range(0, 600).mapToObj(j -> "n".repeat(9000) + j).toList();
        AccuracyMatrix matrix = AccuracyMatrix.empty("any", 1, names).with(600, 600, 1, 2);
        ReportRun run =
                new ReportRun("made up", matrix, true, RunMetrics.of(ForgettingReport.of(matrix)), RunDetails.none());

        assertThat(notes(page(data(ImmutableList.of(run)))))
                .anySatisfy(note -> assertThat(note).contains("names are cut"));
    }

    /** Overlaps of many pairs take the room; curves and gates, which are few, stay. */
    @Test
    void onlyDetailsThatTakeTheRoomAreLeftOut() throws IOException {
        ReportRun run = run("gates", 1, 50);
        RunDetails details = RunDetails.none()
                .withCurves(ofTasks(1, task -> new LearningPoint(task, 1, 1, 0.5, 0.5)))
                .withGates(ofTasks(1, task -> new GateLayer(task, 1, 100, "0-12", "")))
                .withOverlaps(ofTasks(8000, task -> new TaskOverlap(task, "t0", "layer_1", 0.12345)));

        JsonNode page = page(data(ImmutableList.of(run.with(details))));

        JsonNode shown = page.path("runs").path(0);
        assertThat(shown.has("overlaps")).isFalse();
        assertThat(shown.path("gates")).hasSize(50);
        assertThat(shown.path("curves")).hasSize(50);
        assertThat(notes(page)).singleElement().asString().contains("overlap.csv");
    }

    private static <T> ImmutableList<T> ofTasks(int times, Function<String, T> detail) {
        return IntStream.range(0, 50 * times)
                .mapToObj(n -> detail.apply("t" + n % 50))
                .collect(ImmutableList.toImmutableList());
    }

    @Test
    void oneLineTellsWhatWasCut() throws IOException {
        List<String> told = new ArrayList<>();

        Report.of(data(ImmutableList.of(run("any", 1, 500)))).writeTo(folder.resolve("out"), told::add);

        assertThat(told)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("report.html would be larger than 3 MB: accuracy matrices show every ")
                        .doesNotContain("\n"));
    }

    @Test
    void nothingIsToldOfAPageThatHasAll() throws IOException {
        List<String> told = new ArrayList<>();

        Report.of(data(ImmutableList.of(run("any", 1, 5)))).writeTo(folder.resolve("out"), told::add);

        assertThat(told).isEmpty();
    }

    @Test
    void theShortReportStaysShort() throws IOException {
        ReportData tasks = data(ImmutableList.of(run("any", 1, 1000)));
        ReportData strategies = data(IntStream.rangeClosed(1, 5000)
                .mapToObj(s -> run("strategy " + s, 1, 2))
                .toList());

        assertThat(Report.of(tasks).markdown())
                .hasSizeLessThan(10_000)
                .contains("Shown: every 53rd task of 1,000, and the last; accuracy-matrix.csv has all.");
        assertThat(Report.of(strategies).markdown()).hasSizeLessThan(60_000).contains("and 4,900 more strategies");
    }
}
