package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Iterables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sluice run} prints with {@code --quiet} and with {@code --json}, and when it does so in colours. */
class RunOutputTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 100, test_size: 50}
            split: {groups: [[0, 1], [7, 3]]}
            network: {hidden: [12]}
            training: {epochs: 2, batch_size: 20}
            """;
    private static final String DIVERGING =
            "{name: bad, set: {training: {epochs: 1, batch_size: 20, optimizer: sgd, learning_rate: 1e30}}}";
    private static final String COMPARISON =
            SCRIPT + "compare: {seeds: [1, 2], variants: [{name: plain}, " + DIVERGING + "]}\n";

    @TempDir
    private Path folder;

    private Console.Result run(String script, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        Object[] start = {"run", file, "--out", folder.resolve("out")};
        return sluice(Stream.concat(Stream.of(start), Stream.of(options)).toArray());
    }

    private static List<JsonNode> events(String out) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : out.lines().toList()) {
            events.add(new ObjectMapper().readTree(line));
        }
        return events;
    }

    private static List<String> names(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.get("event").asText())
                .filter(name -> !name.equals("warning") && !name.equals("progress"))
                .toList();
    }

    private static JsonNode first(List<JsonNode> events, String name) {
        return events.stream()
                .filter(event -> event.get("event").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aQuietRunPrintsOneLineAndNoWarning() throws IOException {
        Console.Result result = run(SCRIPT, "--quiet");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .matches("mine seed 1: ACC [01]\\S*, forgetting \\(best-earlier\\) 0, \\d+\\.\\d\\d ms per step\n");
    }

    @Test
    void aQuietComparisonPrintsItsTableAndWhyRunsFailed() throws IOException {
        Console.Result result = run(COMPARISON, "--quiet");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out().lines().toList().get(1)).startsWith("| strategy");
        assertThat(result.err().lines()).hasSize(2).allMatch(line -> line.startsWith("sluice: bad seed "));
    }

    @Test
    void everyLineOfARunIsAnEventInOrder() throws IOException {
        Console.Result result = run(SCRIPT, "--json", "--fail-if", "acc > 1", "--fail-if", "reuse > 2");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        List<JsonNode> events = events(result.out());
        assertThat(names(events))
                .containsExactly(
                        "run_started",
                        "row_evaluated",
                        "task_started",
                        "task_consolidated",
                        "row_evaluated",
                        "task_started",
                        "task_consolidated",
                        "row_evaluated",
                        "run_finished");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.get("run").asText()).isEqualTo("mine");
            assertThat(event.get("seed").asLong()).isEqualTo(1);
            assertThat(event.get("seconds").isNumber()).isTrue();
        });
        assertThat(first(events, "run_started").at("/settings/training/epochs").asInt())
                .isEqualTo(2);
        JsonNode task = first(events, "task_started");
        assertThat(task.get("task").asText()).isEqualTo("0-1");
        assertThat(task.get("tasks").asInt()).isEqualTo(2);
        JsonNode progress = first(events, "progress");
        assertThat(progress.get("step").asInt()).isEqualTo(1);
        assertThat(progress.get("steps")).isEqualTo(task.get("steps"));
        assertThat(progress.get("epoch").asInt()).isEqualTo(1);
        assertThat(progress.get("loss").asDouble()).isPositive();
        assertThat(progress.get("seconds_left").asDouble()).isNotNegative();
        assertThat(first(events, "row_evaluated").at("/row/1/task").asText()).isEqualTo("7-3");
        assertThat(first(events, "task_consolidated").get("open_units").get(0).asInt())
                .isPositive();
        JsonNode finished = first(events, "run_finished");
        assertThat(finished.get("status").asText()).isEqualTo("done");
        assertThat(finished.at("/metrics/forgetting").asDouble()).isZero();
        assertThat(finished.at("/metrics/intransigence").isNull()).isTrue();
        assertThat(finished.at("/undefined/intransigence").asText()).startsWith("no joint reference");
        assertThat(finished.at("/checks/0/fail_if").asText()).isEqualTo("acc > 1");
        assertThat(finished.at("/files/0").asText()).endsWith("accuracy-matrix.csv");
    }

    @Test
    void aRunThatFailedSaysSoInItsLastEvent() throws IOException {
        Console.Result result = run(
                SCRIPT + "strategy: fine-tuning\n",
                "--json",
                "--set",
                "training.optimizer=sgd",
                "--set",
                "training.learning_rate=1e30");

        assertThat(result.code()).isEqualTo(2);
        JsonNode last = Iterables.getLast(events(result.out()));
        assertThat(last.get("event").asText()).isEqualTo("run_finished");
        assertThat(last.get("status").asText()).isEqualTo("failed");
        assertThat(result.err()).contains(last.get("reason").asText());
    }

    @Test
    void theRunsOfAComparisonAreToldApart() throws IOException {
        Console.Result result = run(COMPARISON, "--json");

        assertThat(result.code()).isEqualTo(2);
        List<JsonNode> events = events(result.out());
        assertThat(names(events)).startsWith("comparison_started").endsWith("comparison_finished");
        assertThat(events)
                .filteredOn(event -> event.get("event").asText().equals("run_finished"))
                .extracting(event -> event.get("run").asText()
                        + event.get("seed")
                        + event.get("status").asText())
                .containsExactlyInAnyOrder("plain1done", "plain2done", "bad1failed", "bad2failed");
        assertThat(first(events, "comparison_finished").get("failed").asInt()).isEqualTo(2);

        List<JsonNode> again = events(run(COMPARISON, "--json").out());
        assertThat(again)
                .filteredOn(event -> event.path("status").asText().equals("reused"))
                .hasSize(2)
                .allMatch(event -> event.at("/metrics/acc").isNumber());
    }

    @Test
    void progressIsToldAtMostEverySecond() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long[] now = {0};
        JsonTraining training = new JsonTraining(
                new JsonEvents(new PrintStream(out, true, StandardCharsets.UTF_8)), "mine", 1, () -> now[0]);

        training.taskStarted("a", 1, 100);
        for (int step = 0; step < 100; step++) {
            training.stepDone(1, step == 0 ? Double.NaN : 0.5, 0.75);
            now[0] += 50_000_000;
        }

        List<JsonNode> events = events(out.toString(StandardCharsets.UTF_8));
        assertThat(events.subList(1, events.size()))
                .extracting(event -> event.get("step").asInt())
                .containsExactly(1, 21, 41, 61, 81);
        assertThat(events.get(1).get("loss").isNull()).isTrue();
        assertThat(events.get(2).get("loss").asDouble()).isEqualTo(0.5);
    }

    @Test
    void aMistakeIsOneLineOnTheErrorStreamAndNothingOnTheOther() throws IOException {
        assertThat(run("data: {set: minst}", "--json")).satisfies(Console.oneLine("unknown data set 'minst'"));
        assertThat(run(SCRIPT, "--json", "--quiet")).satisfies(Console.oneLine("--json does not go with --quiet"));
        assertThat(run(SCRIPT, "--json", "--dry-run")).satisfies(Console.oneLine("--json does not go with"));
    }

    @Test
    void aBarSaysEpochAndLossAndTimeLeft() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                true);
        Path script = Files.writeString(folder.resolve("mine.yaml"), SCRIPT);

        SluiceCommand.execute(
                terminal,
                "run",
                script.toString(),
                "--out",
                folder.resolve("out").toString());

        assertThat(out.toString(StandardCharsets.UTF_8).split("[\\r\\n]+"))
                .anyMatch(line -> line.matches(
                        "task 2/2 \\(7-3\\) 100% \\[=*\\] .*0:00:\\d\\d / 0:00:00\\) epoch 2 loss \\S+ acc \\S+.*"))
                .allMatch(line -> !line.contains("task 2/2") || line.indexOf(" acc ") < 74);
    }

    @Test
    void coloursAreForTerminalsOfPeopleWhoWantThem() {
        assertThat(Terminal.colours(true, Map.of("TERM", "xterm"))).isTrue();
        assertThat(Terminal.colours(true, Map.of("NO_COLOR", ""))).isTrue();
        assertThat(Terminal.colours(true, Map.of("NO_COLOR", "1"))).isFalse();
        assertThat(Terminal.colours(true, Map.of("TERM", "dumb"))).isFalse();
        assertThat(Terminal.colours(false, Map.of())).isFalse();
        assertThat(sluice("--help").out()).doesNotContain("\u001b");
    }
}
