package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What terminal, run.json and report say of exact retention: one answer, one count. */
class RetentionCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 200, test_size: 100}
            network: {hidden: [40]}
            training: {epochs: 1}
            """;

    @TempDir
    private Path folder;

    private String run(String more) throws IOException {
        Path script = Files.writeString(folder.resolve("mine.yaml"), SCRIPT + more);
        Console.Result result = sluice("run", script, "--out", folder.resolve("run"));
        assertThat(result.code()).as(result.err()).isZero();
        return result.out();
    }

    private JsonNode record() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("run/run.json").toFile());
    }

    private String report() throws IOException {
        Console.Result result = sluice("report", folder.resolve("run"), "--out", folder.resolve("page"));
        assertThat(result.code()).as(result.err()).isZero();
        return Files.readString(folder.resolve("page/report.md"));
    }

    @Test
    void terminalRecordAndReportCountTheSameLogits() throws IOException {
        String out = run("split: {groups: [[0, 1], [2, 3, 4], [5, 6]]}\n");

        JsonNode record = record();
        long first = record.at("/tasks/1/unchanged").asLong();
        long last = record.at("/tasks/2/unchanged").asLong();
        assertThat(first).isPositive().isLessThan(last);
        assertThat(record.path("compared_logits").asLong()).isEqualTo(last);
        assertThat(record.path("exact_retention").booleanValue()).isTrue();
        assertThat(record.path("exact_retention_undefined").isNull()).isTrue();
        assertThat(out)
                .contains("exact retention   yes: every frozen parameter, and " + last + " logits of earlier tasks");
        assertThat(report()).contains("exact retention: yes (gates): every frozen parameter, and " + last + " logits");
    }

    @Test
    void ofOneTaskRetentionIsUndefinedEverywhere() throws IOException {
        String out = run("split: {groups: [[0, 1, 2]]}\n");

        assertThat(record().path("exact_retention").isNull()).isTrue();
        assertThat(record().path("exact_retention_undefined").asText()).isEqualTo("there is only one task");
        assertThat(out).contains("exact retention   undefined because there is only one task");
        assertThat(report()).contains("exact retention: undefined (gates) because there is only one task");
    }

    @Test
    void whoPromisesNoneSaysSo() throws IOException {
        run("split: {classes_per_task: 5}\nstrategy: er\n");

        assertThat(record().path("exact_retention").isNull()).isTrue();
        assertThat(record().path("compared_logits").isNull()).isTrue();
        assertThat(record().path("exact_retention_undefined").asText())
                .isEqualTo("strategy er promises none in scenario task");
        assertThat(report()).contains("exact retention: not promised (er)");
    }
}
