package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.Script;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;

/** What will surprise, told from script and data alone: nothing is trained here. */
class LintTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 200, test_size: 50}
            split: {groups: [[0, 1], [2, 3]]}
            network: {hidden: [40]}
            training: {epochs: 60, batch_size: 20}
            strategy: fine-tuning
            """;

    @TempDir
    private Path folder;

    private List<String> warnings(String text, String... settings) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), text);
        Script script = ScriptReader.read(file, List.of(settings));
        DataPlace place = new DataPlace.Given(folder, "--data");
        Forecasts forecasts = script instanceof ComparisonScript comparison
                ? Comparison.of(comparison).forecast(place)
                : Experiment.of((TaskSequenceScript) script).forecast(place);
        return forecasts.warnings().stream()
                .map(line -> line.replace(folder + "/", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fine-tuning | fine-tuning in scenario class ends near 1/T, about 0.50 with 2 tasks",
                "ewc | ewc in scenario class ends near 1/T, about 0.50 with 2 tasks",
                "online-ewc | near 1/T",
                "si | near 1/T",
                "mas | near 1/T",
                "lwf | lwf in scenario class ends little above 1/T, which is 0.50 with 2 tasks (published for split MNIST: 0.24"
            })
    void strategiesThatCannotTellClassesOfTasksApartSaySo(String strategy, String words) throws IOException {
        assertThat(warnings(SCRIPT + "scenario: class\n", "strategy=" + strategy))
                .singleElement()
                .asString()
                .startsWith("--set strategy=" + strategy + ": strategy: ")
                .contains(words);
    }

    @Test
    void whereAllTasksHaveTheSameClassesThereIsNothingToTellApart() throws IOException {
        assertThat(warnings(SCRIPT + "scenario: class\n", "split={permuted: 2}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"split={groups: [[0, 1], [2, 3]]}", "split={groups: [[3, 0], [1, 2]]}", "split={permuted: 2}"})
    void evenOutputsProduceNoWarning(String split) throws IOException {
        assertThat(warnings(SCRIPT + "scenario: domain\n", split)).isEmpty();
    }

    @Test
    void outputsThatNotEveryTaskHasAreNamedByLabel() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "size,label\n1,x\n2,y\n3,x\n4,y\n");
        Files.writeString(folder.resolve("b.csv"), "size,label\n5,y\n2,z\n3,y\n4,z\n");

        assertThat(warnings("""
                        data:
                          set: csv
                          tasks: [{name: one, train: a.csv, test: a.csv}, {name: two, train: b.csv, test: b.csv}]
                          label: label
                        network: {hidden: [20]}
                        training: {epochs: 60, batch_size: 2}
                        strategy: fine-tuning
                        scenario: domain
                        """))
                .filteredOn(line -> line.startsWith("mine.yaml:8: "))
                .contains(
                        "mine.yaml:8: scenario: outputs go by label, as tasks share labels: 3, x, y, z (not every task has all of them, in this order)");
    }

    @Test
    void aTaskThatIsTestedOnItsTrainingExamplesIsNamed() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "size,label\n1,a\n2,b\n3,a\n4,b\n");
        Files.writeString(folder.resolve("b.csv"), "size,label\n5,a\n2,b\n3,a\n4,b\n");

        assertThat(warnings("""
                        data:
                          set: csv
                          tasks: [{name: one, train: a.csv, test: a.csv}, {name: two, train: a.csv, test: b.csv}]
                          label: label
                        network: {hidden: [20]}
                        training: {epochs: 60, batch_size: 2}
                        strategy: fine-tuning
                        """))
                .containsExactly(
                        "mine.yaml:1: data: task one is tested on exactly the examples of training, so that accuracy says nothing of new ones: give test examples of their own");
    }

    @Test
    void classesWithFewExamplesAreNamed() throws IOException {
        String many = "1,often\n".repeat(60);
        Files.writeString(folder.resolve("a.csv"), "size,label\n" + many + "2,rare\n".repeat(5));
        Files.writeString(folder.resolve("b.csv"), "size,label\n" + many + "2,rare\n".repeat(6));
        Files.writeString(folder.resolve("test.csv"), "size,label\n1.5,often\n2.5,rare\n");
        String script = """
                data:
                  set: csv
                  train: TABLE.csv
                  test: test.csv
                  label: label
                network: {hidden: [20]}
                """;

        assertThat(warnings(script.replace("TABLE", "a")))
                .containsExactly(
                        "mine.yaml:1: data: class rare has 5 of the 65 training examples of task often-rare, ten times fewer than another class there, so that accuracy says little of it: look at balanced accuracy and macro F1 too, write training: {class_weights: balanced}, or give more examples");
        assertThat(warnings(script.replace("TABLE", "a"), "training.class_weights=balanced"))
                .singleElement()
                .asString()
                .endsWith("macro F1 too, or give more examples");
        assertThat(warnings(script.replace("TABLE", "b"))).isEmpty();
    }

    @Test
    void aBatchThatNoTaskFillsIsNamedWithTheTasks() throws IOException {
        assertThat(warnings(SCRIPT, "training.batch_size=50"))
                .containsExactly(
                        "--set training.batch_size=50: training.batch_size: 50 is more than the training examples of tasks 0-1, 2-3 (at least 40), so that an epoch there is a single step: make it smaller");
    }

    @Test
    void settingsOfGatesThatThereAreNotAreNamed() throws IOException {
        assertThat(warnings(SCRIPT + "gates: {logit_mean: 0, logit_spread: 1}\n"))
                .containsExactly(
                        "mine.yaml:6: gates: logit_mean, logit_spread do nothing unless strategy is gates: remove them, or write strategy: gates");
        assertThat(warnings(SCRIPT + "gates: {estimator: {centred: {decay: 0.5}}}\n"))
                .containsExactly(
                        "mine.yaml:6: gates.estimator: does nothing unless strategy is gates: remove it, or write strategy: gates");
        assertThat(warnings(SCRIPT + "gates: {logit_mean: 0, logit_spread: 1}\n", "strategy=gates"))
                .isEmpty();
    }

    @Test
    void attentionLearnsAtARateOfItsOwn() throws IOException {
        assertThat(warnings(SCRIPT, "strategy=hat")).isEmpty();
        assertThat(warnings(SCRIPT, "strategy=hat", "training.gradient_clip=3"))
                .singleElement()
                .asString()
                .startsWith(
                        "--set training.gradient_clip=3: training.gradient_clip: does nothing, as strategy hat learns");
    }

    @Test
    void classWeightsDoNothingWhereNoLossOfOutputsIsMadeSmall() throws IOException {
        String weights = "training.class_weights=balanced";
        assertThat(warnings(SCRIPT, "strategy=er", weights)).noneMatch(line -> line.contains("class_weights"));
        assertThat(warnings(SCRIPT, "strategy=hat", weights)).isEmpty();
        assertThat(warnings(SCRIPT, "strategy={icarl: {memory: 40}}", "scenario=class", weights))
                .anySatisfy(
                        line -> assertThat(line)
                                .startsWith(
                                        "--set training.class_weights=balanced: training.class_weights: does nothing, as this strategy is trained by a loss of its own: remove it"));
        assertThat(warnings(SCRIPT, "strategy=random-feature-lda", "scenario=class", weights))
                .anySatisfy(line -> assertThat(line)
                        .contains("class_weights do nothing, as strategy random-feature-lda takes sums"));
        assertThat(warnings(
                        SCRIPT, "strategy={icarl: {memory: 40}}", "scenario=class", "training.class_weights={1: 2}"))
                .anySatisfy(line -> assertThat(line).contains("class_weights: does nothing"));
    }

    @Test
    void attentionUsesTheOptimizerForItsReferences() throws IOException {
        assertThat(warnings(SCRIPT, "strategy=hat", "training.gradient_clip=3", "report.references=[joint]"))
                .isEmpty();
    }

    /** Examples of numbers have no labels that differ. */
    @Test
    void numbersAreComparedAndSpokenOfAsSuch() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "size,price\n1,1\n2,2\n3,1\n4,2\n");
        Files.writeString(folder.resolve("b.csv"), "size,price\n1,1\n2,2\n3,1\n4,3\n");

        assertThat(warnings("""
                        data:
                          set: csv
                          tasks: [{name: one, train: a.csv, test: a.csv}, {name: two, train: a.csv, test: b.csv}]
                          target: price
                        network: {hidden: [20]}
                        training: {epochs: 60, batch_size: 2}
                        strategy: {er: {memory: 1}}
                        """))
                .containsExactlyInAnyOrder(
                        "mine.yaml:1: data: task one is tested on exactly the examples of training, so that errors say nothing of new ones: give test examples of their own",
                        "mine.yaml:7: strategy.er.memory: 1 is fewer than the 2 tasks, so that some are never replayed: make it larger");
    }

    @Test
    void aMemoryThatCannotHoldEachClassOrHoldsEverythingIsNamed() throws IOException {
        assertThat(warnings(SCRIPT, "strategy={er: {memory: 3}}"))
                .containsExactly(
                        "--set strategy={er: {memory: 3}}: strategy.er.memory: 3 is fewer than the 4 classes of all tasks, so that some are never replayed: make it larger");
        assertThat(warnings(SCRIPT, "strategy=a-gem"))
                .singleElement()
                .asString()
                .startsWith("--set strategy=a-gem: strategy.a-gem.memory: ")
                .contains("is more than the 80 training examples of all tasks, so that every one is stored");
        assertThat(warnings(SCRIPT, "strategy={der++: {memory: 40}}")).isEmpty();
    }

    @Test
    void aComparisonWarnsOnceWithTheVariantsThatItIsAbout() throws IOException {
        assertThat(warnings(SCRIPT + """
                        scenario: class
                        compare:
                          seeds: [1, 2]
                          variants:
                          - name: plain
                          - name: clipped
                            set: {training.gradient_clip: 1}
                          - name: stored
                            set: {strategy: {icarl: {memory: 40}}}
                          - name: large
                            set: {training.batch_size: 50}
                        """))
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("mine.yaml:5: strategy: fine-tuning in scenario class")
                                .endsWith(" (variants plain, clipped, large)"),
                        second -> assertThat(second)
                                .startsWith("mine.yaml:16: training.batch_size: 50 is more")
                                .endsWith(" (variant large)"));
    }

    @Test
    void anOptimizerThatAVariantUsesIsNoSurpriseInTheOthers() throws IOException {
        String script = SCRIPT + """
                        compare:
                          variants:
                          - name: attention
                            set: {strategy: hat}
                        """;

        assertThat(warnings(script, "training.learning_rate=0.01"))
                .singleElement()
                .asString()
                .contains("training.learning_rate: does nothing");
        assertThat(warnings(script + "  - name: plain\n", "training.learning_rate=0.01"))
                .isEmpty();
    }

    @Test
    void gatesThatAVariantHasAreNoSurpriseInTheOthers() throws IOException {
        String script = SCRIPT + """
                gates: {logit_mean: 0, logit_spread: 1}
                compare:
                  variants:
                  - name: gated
                    set: {strategy: gates}
                  - name: plain
                """;

        assertThat(warnings(script)).isEmpty();
        assertThat(warnings(script + "    set: {gates.slope: 2}\n"))
                .singleElement()
                .asString()
                .startsWith("mine.yaml:12: gates.slope: does nothing unless strategy is gates")
                .endsWith(" (variant plain)");
        assertThat(warnings(script, "training.batch_size=50"))
                .singleElement()
                .asString()
                .endsWith(" (every variant)");
    }
}
