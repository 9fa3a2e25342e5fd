package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.cli.Console.Result;
import sluice.framework.network.GatedNetwork;

/** Growth, budgets, the ledger and forgetting on purpose, from the command line. */
class CapacityCommandTest {
    private static final String SCRIPT = """
            name: mine
            data: {set: digits, train_size: 100, test_size: 50}
            split: {permuted: 3}
            network: {hidden: [20, 16], growth: {share: 0.5, threshold: 0.9}}
            gates: {budget: 0.25}
            training: {epochs: 1}
            threads: 1
            """;

    @TempDir
    private Path folder;

    private Path run(String script) throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, script);
        result = Console.sluice("run", file, "--out", folder.resolve("run"), "--overwrite");
        assertThat(result.code()).isZero();
        return folder.resolve("run");
    }

    private Result result;

    @Test
    void growthBudgetAndLedgerAreInFilesAndReport() throws IOException {
        Path out = run(SCRIPT);

        assertThat(result.out())
                .contains("hidden layers widened from [20, 16] to [30, 24]")
                .contains("budget            0.250 of a layer: never exceeded")
                .contains("room  ", "units per layer", "undecided");
        List<String> ledger = Files.readAllLines(out.resolve("ledger.csv"));
        assertThat(ledger)
                .hasSize(1 + 3 * 2)
                .first()
                .asString()
                .startsWith("task,layer,units,grown,open,new,reused,free,reuse,undecided,seconds,budget_units");
        String[] first = ledger.get(1).split(",", -1);
        assertThat(first[0]).isEqualTo("permutation-1");
        assertThat(first[2]).isEqualTo("20");
        assertThat(Integer.parseInt(first[4])).isBetween(0, 5);
        assertThat(ledger.get(3)).startsWith("permutation-2,layer_1,30,10,");
        assertThat(Files.readAllLines(out.resolve("overlap.csv")))
                .hasSize(1 + 3 * 2)
                .first()
                .isEqualTo("task,earlier,layer,jaccard");
        JsonNode json = new ObjectMapper().readTree(out.resolve("run.json").toFile());
        assertThat(json.at("/capacity/created/0").asInt()).isEqualTo(20);
        assertThat(json.at("/capacity/widths/0").asInt()).isGreaterThan(20);
        assertThat(json.at("/tasks/1/grown/0").asInt()).isEqualTo(10);
        assertThat(json.at("/tasks/1/capacity/0/budget/limit").asInt()).isEqualTo(7);
        assertThat(json.at("/capacity/task_bytes").asLong()).isPositive();
        assertThat(json.at("/settings/network/growth/share").asDouble()).isEqualTo(0.5);
        assertThat(Files.readString(out.resolve("metrics.csv")))
                .contains("width_layer_1,", "budget_used,", "reuse,", "memory_bytes,");
    }

    @Test
    void whatIsNotEvaluatedIsMissing() throws IOException {
        Path out = run(SCRIPT + "report: {evaluate: ends, forgetting: first}\n");

        assertThat(Files.readAllLines(out.resolve("accuracy-matrix.csv"))).hasSize(1 + 3 + 2);
        assertThat(result.out()).contains("Forgetting          0.0000  first", "FWT                      -  undefined");
    }

    @Test
    void aTaskIsForgottenOnPurpose() throws IOException {
        Path out = run(SCRIPT);
        Path less = folder.resolve("less.sluice");

        Result forgot = Console.sluice("forget", "--model", out, "--task", "permutation-2", "--out", less);

        assertThat(forgot.err()).isEmpty();
        assertThat(forgot.code()).isZero();
        assertThat(forgot.out())
                .contains("forgot task permutation-2; every frozen parameter of 2 other tasks is unchanged")
                .contains("free units layer 2", "more than before", less.toString());
        GatedNetwork before = GatedNetwork.load(out.resolve("model.sluice"));
        GatedNetwork after = GatedNetwork.load(less);
        assertThat(after.tasks()).containsExactly("permutation-1", "permutation-3");
        assertThat(after.digest("permutation-3")).isEqualTo(before.digest("permutation-3"));
    }

    @Test
    void whatCannotBeForgottenIsOneLine() throws IOException {
        Path model = run(SCRIPT).resolve("model.sluice");
        Path other = folder.resolve("other.sluice");

        assertOneLine(
                Console.sluice("forget", "--model", model, "--task", "x", "--out", other),
                "the network has not learned task x: its tasks are [permutation-1, permutation-2, permutation-3]");
        assertOneLine(
                Console.sluice("forget", "--model", model, "--task", "permutation-1", "--out", model),
                "is there already: choose another --out, or add --overwrite");
        assertOneLine(
                Console.sluice("forget", "--model", folder.resolve("no"), "--task", "x", "--out", other),
                "no model at");
        assertOneLine(
                Console.sluice("forget", "--model", folder, "--task", "x", "--out", other),
                "holds no model.sluice: name the folder of a run with strategy gates");
        assertOneLine(Console.sluice("forget", "--task", "x", "--out", other), "--model");
        assertThat(other).doesNotExist();
    }

    @Test
    void growthIsTheGatesAlone() throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, SCRIPT + "report: {evaluate: learned}\n");

        Result plain = Console.sluice(
                "run", file, "--out", folder.resolve("run"), "--set", "strategy=fine-tuning", "--dry-run");

        assertThat(plain.err())
                .contains("network.growth: does nothing, as only strategy gates widens its network")
                .contains("report.evaluate: does nothing, as only strategy gates can be evaluated on fewer tasks");
    }

    @Test
    void onlyTasksThatAreLearnedInTurnAreAskedForBetweenSteps() throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, SCRIPT.replace("growth: auto", "growth: none") + "report: {continual: 50}\n");

        Result joint =
                Console.sluice("run", file, "--out", folder.resolve("run"), "--set", "strategy=joint", "--dry-run");

        assertThat(joint.err())
                .contains("report.continual: does nothing, as tasks are not learned step by step, one after another");
    }

    private static void assertOneLine(Result result, String part) {
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("sluice: ").contains(part);
        assertThat(result.err().strip().lines()).hasSize(1);
    }
}
