package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunMetrics;

@Tag("slow")
class ReportPageTest {
    /** Names that would do harm if they were taken for anything but text. */
    static final List<String> HOSTILE = List.of(
            "</script><script>alert(1)</script>",
            "<img src=x onerror=alert(1)>&amp;\u2028\u2029",
            "=cmd|' /C calc'!A0",
            "\"quoted\", 'so', `so`",
            "two\nlines\tand\ra tab",
            "\ud83d\ude80 emoji \ud83d\udc69\u200d\ud83d\udd2c",
            "{a|b} {value} {c0} __proto__",
            "@@DATA@@ @@SCRIPT@@ \\ $1 \u202eright to left",
            "x".repeat(10_000));

    @TempDir
    private Path folder;

    @Test
    void aClassOfATaskHasItsFiguresAndTheMacroAverageIsTheLast() {
        JsonNode page =
                data(Report.of(ReportData.ofFolders(List.of(ExampleRuns.small().writeRun(folder.resolve("run")))))
                        .html());

        JsonNode task = page.at("/runs/0/confusion/2");
        assertThat(task.path(1)).map(JsonNode::asText).containsExactly("zero", "one", "(unknown)");
        assertThat(task.path(3))
                .map(JsonNode::toString)
                .containsExactly("[1.0,0.99,0.995,500]", "[0.9899,0.98,0.9849,500]", "[0.9949,0.985,0.9899,1000]");
    }

    @Test
    void figuresOnThePageEqualThoseOfTheFiles() throws IOException {
        ExampleRuns runs = new ExampleRuns(List.of("a", "b", "c"), List.of("gates", "ewc"), 2, 3, 0);
        Path comparison = runs.writeComparison(folder.resolve("comparison"));

        JsonNode page =
                data(Report.of(ReportData.ofFolders(List.of(comparison))).html());

        for (JsonNode run : page.path("runs")) {
            Path place = comparison.resolve(
                    run.path("strategy").asText() + "-seed" + run.path("seed").asText());
            RunMetrics file = MetricsCsv.read(Files.newBufferedReader(place.resolve("metrics.csv")), "metrics.csv")
                    .get(0);
            file.values()
                    .forEach((key, value) -> value.number()
                            .ifPresent(number -> assertThat(
                                            run.path("metrics").path(key).doubleValue())
                                    .isEqualTo(number)));
            AccuracyMatrix matrix = runs.matrix(
                    run.path("strategy").asText().equals("gates") ? 0 : 1,
                    run.path("seed").asInt());
            for (int i = 0; i <= 3; i++) {
                for (int j = 1; j <= 3; j++) {
                    assertThat(run.path("matrix").path(i).path(j - 1).path(0).doubleValue())
                            .isEqualTo(matrix.cell(i, j).orElseThrow().accuracy());
                }
            }
        }
        assertThat(page.path("strategies")
                        .path(0)
                        .path("metrics")
                        .path("forgetting")
                        .path("mean")
                        .doubleValue())
                .isZero();
    }

    @Test
    void hostileTextIsDataAndEndsNoScript() {
        Path run = ExampleRuns.small().named(HOSTILE.toArray(String[]::new)).writeRun(folder.resolve("run"));

        String html = new Report(ReportData.ofFolders(List.of(run)), HOSTILE.get(0)).html();

        assertThat(Pattern.compile("<script").matcher(html).results()).hasSize(3);
        assertThat(html).contains("<title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>");
        assertThat(data(html).path("tasks")).extracting(JsonNode::asText).containsExactlyElementsOf(HOSTILE);
    }

    @Test
    void noScriptRunsButThoseThatThePolicyKnows() {
        String html = Report.of(ReportData.ofFolders(List.of(ExampleRuns.small().writeRun(folder.resolve("run")))))
                .html();

        Matcher scripts =
                Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(html);
        int count = 0;
        while (scripts.find()) {
            String hash = Base64.getEncoder()
                    .encodeToString(Hashing.sha256()
                            .hashString(scripts.group(1), StandardCharsets.UTF_8)
                            .asBytes());
            assertThat(html).contains("'sha256-" + hash + "'");
            count++;
        }
        assertThat(count).isEqualTo(2);
        assertThat(html).contains("default-src 'none'").contains("Licensed to the Apache Software Foundation");
        assertThat(html.replaceAll("(?s)<script>.*?</script>", "")).doesNotContain("http://", "https://");
    }

    @Test
    void aLargeReportStaysBelowItsSizeAndSaysWhatItLeavesOut() {
        List<String> tasks = IntStream.range(0, 10).mapToObj(t -> "task " + t).toList();
        List<String> strategies = IntStream.range(0, 10).mapToObj(s -> "s" + s).toList();
        Path comparison = new ExampleRuns(tasks, strategies, 5, 100, 11).writeComparison(folder.resolve("comparison"));

        String html = Report.of(ReportData.ofFolders(List.of(comparison))).html();

        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(Report.LARGEST_PAGE);
        assertThat(data(html).path("notes"))
                .extracting(JsonNode::asText)
                .anySatisfy(
                        note -> assertThat(note).contains("hardest examples").contains("hardest.csv"))
                .anySatisfy(note -> assertThat(note).contains("between steps").contains("continual-evaluation.csv"));

        ReportData without = ReportData.ofFolders(List.of(comparison));
        without = without.with(without.runs().stream()
                .map(run -> run.with(run.details().withContinual(ImmutableList.of())))
                .toList());
        assertThat(data(Report.of(without).html()).path("notes"))
                .extracting(JsonNode::asText)
                .noneSatisfy(note -> assertThat(note).contains("between steps"));
    }

    @Test
    void twoFilesAreWrittenAndNoDraftIsLeft() throws IOException {
        Path run = ExampleRuns.small().writeRun(folder.resolve("run"));
        Report report = Report.of(ReportData.ofFolders(List.of(run)));

        List<Path> written = report.writeTo(folder.resolve("new/out"));

        assertThat(written).containsExactly(folder.resolve("new/out/report.html"), folder.resolve("new/out/report.md"));
        try (Stream<Path> files = Files.list(folder.resolve("new/out"))) {
            assertThat(files).hasSize(2);
        }
    }

    static JsonNode data(String html) {
        Matcher data = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(html);
        assertThat(data.find()).isTrue();
        try {
            return new ObjectMapper().readTree(data.group(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
