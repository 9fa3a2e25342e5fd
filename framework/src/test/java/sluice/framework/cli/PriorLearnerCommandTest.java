package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.mistake;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.cli.Console.Result;
import sluice.framework.plain.PlainModel;

/** A plain strategy learns its next tasks in another run. */
class PriorLearnerCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 300, test_size: 60, normalisation: unit}
            network: {hidden: [12, 10]}
            training: {iterations: 30, batch_size: 16}
            scenario: SCENARIO
            strategy: STRATEGY
            threads: 1
            split: {groups: GROUPS}
            """;

    @TempDir
    private Path folder;

    private Result run(String out, String scenario, String strategy, String groups, String... options)
            throws IOException {
        Path script = Files.writeString(
                folder.resolve("mine.yaml"),
                SCRIPT.replace("GROUPS", groups).replace("SCENARIO", scenario).replace("STRATEGY", strategy));
        List<Object> words = new ArrayList<>(List.of("run", script, "--out", folder.resolve(out)));
        words.addAll(List.of(options));
        return Console.sluice(words.toArray());
    }

    private String in(String run) {
        return folder.resolve(run).toString();
    }

    private AccuracyMatrix matrix(String run) throws IOException {
        try (Reader in = Files.newBufferedReader(folder.resolve(run + "/accuracy-matrix.csv"))) {
            return AccuracyCsv.read(in, run).get(0);
        }
    }

    private PlainModel model(String run) {
        return PlainModel.load(folder.resolve(run + "/model.sluice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"online-ewc", "er", "{der++: {memory: 40}}"})
    void tasksOfTheSameOutputsAreLearnedAsInOneRun(String strategy) throws IOException {
        run("whole", "domain", strategy, "[[0, 1], [2, 3], [4, 5]]");
        run("week-1", "domain", strategy, "[[0, 1], [2, 3]]");
        Result second = run("week-2", "domain", strategy, "[[4, 5]]", "--from", in("week-1"));

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).doesNotContain("network.from");
        assertThat(model("week-2").parameters()).containsExactly(model("whole").parameters());
        for (int row = 1; row <= 3; row++) {
            for (int task = 1; task <= row; task++) {
                assertThat(matrix("week-2").cell(row, task))
                        .isEqualTo(matrix("whole").cell(row, task));
            }
        }
        assertThat(folder.resolve("week-2/run.json")).content().contains("\"network.from\" : \"");
    }

    @Test
    void newClassesAreToldFromEarlierOnes() throws IOException {
        run("week-1", "class", "er", "[[0, 1], [2, 3]]", "--set", "training.iterations=150");
        Result second =
                run("week-2", "class", "er", "[[4, 5]]", "--from", in("week-1"), "--set", "training.iterations=150");
        Result third =
                run("week-3", "class", "er", "[[6, 7]]", "--from", in("week-2"), "--set", "training.iterations=150");

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(third.code()).as(third.err()).isZero();
        assertThat(matrix("week-3").tasks()).containsExactly("0-1", "2-3", "4-5", "6-7");
        assertThat(matrix("week-3").cell(2, 1)).isEqualTo(matrix("week-1").cell(2, 1));
        assertThat(matrix("week-3").cell(3, 1))
                .isEqualTo(matrix("week-2").cell(3, 1))
                .isPresent();
        for (int task = 1; task <= 4; task++) {
            assertThat(matrix("week-3").cell(4, task).orElseThrow().accuracy()).isGreaterThan(0.5);
        }
        assertThat(model("week-3").outputs().count()).isEqualTo(8);
        assertThat(Console.sluice("info", folder.resolve("week-3")).out())
                .contains("what strategy er remembers", "sluice run SCRIPT --from FILE, more tasks of 784 inputs");
        assertThat(folder.resolve("week-3/metrics.csv")).content().contains(",acc,");
        assertThat(Console.sluice("report", folder.resolve("week-3")).code()).isZero();
    }

    @Test
    void aDefaultThatDependsOnTheNumberOfTasksIsThatOfAll() throws IOException {
        run("week-1", "task", "packnet", "[[0, 1], [2, 3]]");
        Result second = run("week-2", "task", "packnet", "[[4, 5]]", "--from", in("week-1"));
        run("whole", "task", "packnet", "[[0, 1], [2, 3], [4, 5]]");

        assertThat(second.err()).contains("was taught with pruned 0.5, now 0.6");
        assertThat(second.out()).contains("4-5");
        assertThat(matrix("week-2").cell(3, 1))
                .isEqualTo(matrix("week-1").cell(2, 1))
                .isPresent();
    }

    @Test
    void runsOfAComparisonKeepALearnerWhereThatIsAskedFor() throws IOException {
        String compared = "compare={variants: [{name: a}]}";
        run("without", "task", "er", "[[0, 1]]", "--set", compared);
        run("with", "task", "er", "[[0, 1]]", "--set", compared, "--set", "checkpoint.learner=keep");
        run("dropped", "task", "er", "[[0, 1]]", "--set", "checkpoint.learner=drop");

        assertThat(folder.resolve("without/a-seed1/learner.sluice")).doesNotExist();
        assertThat(folder.resolve("with/a-seed1/learner.sluice")).exists();
        assertThat(folder.resolve("dropped/learner.sluice")).doesNotExist();
        assertThat(run("next", "task", "er", "[[2, 3]]", "--from", in("dropped")))
                .satisfies(mistake("holds no learner.sluice"));
        assertThat(Console.sluice("info", folder.resolve("dropped")).out())
                .contains("nothing more, as its run kept no learner.sluice beside it");
        Result next = run("next", "task", "er", "[[2, 3]]", "--from", in("with/a-seed1"));
        assertThat(next.code()).as(next.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            seed=2 | has seed 1, the script 2: write seed: 1
            network.hidden=[12] | has hidden layers [12, 10], the script [12]: write its network.hidden
            data.normalisation=none | write its data.normalisation
            split.groups=[[0, 1]] | has learned task '0-1': give it another name
            data.padding=2 | takes examples of 784 features, these have 1024
            strategy=ewc | was taught by strategy er, the script has ewc: write strategy: er
            strategy={er: {memory: 7}} | has a memory of 1000
            strategy=joint | strategy joint goes on with no other run, as it learns from the examples of all tasks again
            strategy=generative-replay | was taught by strategy er, the script has generative-replay: write strategy: er
            strategy=gates | was taught by strategy er: write strategy: er
            scenario=class | learned in scenario domain, the script says class: write scenario: domain
            training.optimizer=sgd | was trained by optimizer adam
            """)
    void whatDoesNotFitIsRefused(String setting, String message) throws IOException {
        run("week-1", "domain", "er", "[[0, 1]]");

        Result second = run("week-2", "domain", "er", "[[4, 5]]", "--from", in("week-1"), "--set", setting);

        assertThat(second).satisfies(mistake(message));
        assertThat(folder.resolve("week-2")).doesNotExist();
    }

    @Test
    void whatIsForetoldCountsTasksOfEarlierRuns() throws IOException {
        run("week-1", "task", "supermasks", "[[0, 1], [2, 3]]");
        String[] from = {"--from", in("week-1")};

        String foretold = run("week-2", "task", "supermasks", "[[4, 5]]", from[0], from[1], "--dry-run")
                .out();
        String whole = run("whole", "task", "supermasks", "[[0, 1], [2, 3], [4, 5]]", "--dry-run")
                .out();
        String learned = run("week-2", "task", "supermasks", "[[4, 5]]", from).out();

        assertThat(foretold).contains("9,616 weights and biases");
        assertThat(whole).contains("9,616 weights and biases");
        String kept = learned.replaceAll("(?s).*\nmemory +([0-9,]+) bytes kept.*", "$1");
        assertThat(foretold).contains("strategy " + kept + "\n");
        assertThat(whole).contains("strategy " + kept + "\n");
    }

    @Test
    void warningsSpeakOfAllTasks() throws IOException {
        run("week-1", "class", "er", "[[0, 1], [2, 3]]");
        run("plain-1", "class", "fine-tuning", "[[0, 1], [2, 3]]");

        assertThat(run("week-2", "class", "er", "[[4, 5]]", "--from", in("week-1"))
                        .err())
                .doesNotContain("strategy.er.memory");
        assertThat(run("plain-2", "class", "fine-tuning", "[[4, 5]]", "--from", in("plain-1"))
                        .err())
                .contains("ends near 1/T, about 0.33 with 3 tasks");
    }

    @Test
    void aLearnerThatIsDamagedOrNotThereIsRefused() throws IOException {
        run("week-1", "class", "er", "[[0, 1]]");
        Path learner = folder.resolve("week-1/learner.sluice");

        assertThat(run("week-2", "class", "er", "[[4, 5]]", "--from", in("week-1/leaner.sluice")))
                .satisfies(mistake("leaner.sluice holds no learner.sluice"));
        byte[] whole = Files.readAllBytes(learner);
        Files.write(learner, Arrays.copyOf(whole, whole.length - 1));
        assertThat(run("week-2", "class", "er", "[[4, 5]]", "--from", in("week-1")))
                .satisfies(mistake("so run it again: " + learner + " is damaged: take the file as the run wrote it"));
        whole[whole.length / 2] ^= 1;
        Files.write(learner, whole);
        String enough = "training.iterations=200";
        assertThat(run("week-2", "class", "er", "[[4, 5]]", "--from", in("week-1"), "--set", enough))
                .satisfies(mistake(learner + " is damaged: take the file as the run wrote it"));
        assertThat(Console.sluice("info", folder.resolve("week-1")))
                .satisfies(mistake(learner + " is damaged: take the file as the run wrote it"));
        assertThat(folder.resolve("week-2")).doesNotExist();
    }

    @Test
    void aGatedModelMayLieBesideTheLearnerOfAnotherRun() throws IOException {
        run("week-1", "task", "er", "[[0, 1]]");
        run("gated", "task", "gates", "[[0, 1]]");
        Files.copy(folder.resolve("gated/model.sluice"), folder.resolve("week-1/gated.sluice"));

        Result second = run("week-2", "task", "gates", "[[2, 3]]", "--from", in("week-1/gated.sluice"));

        assertThat(second.code()).as(second.err()).isZero();
    }
}
