package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.mistake;
import static sluice.framework.cli.Console.oneLine;
import static sluice.framework.cli.Console.sluice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that set nothing aside for testing: all is learned, and no accuracy is told, not even 0. */
class UntestedCommandTest {
    private static final String DATA = "data: {set: csv, file: t.csv, test_share: 0, label: label%s}%n";
    private static final String PAIRS = "split: {classes_per_task: 2}\n";
    private static final String TRAINING = "network: {hidden: [12]}\ntraining: {epochs: 3, batch_size: 8%s}%n";

    @TempDir
    private Path folder;

    @BeforeEach
    void table() throws IOException {
        StringBuilder rows = new StringBuilder("size,weight,label\n");
        for (int i = 0; i < 64; i++) {
            rows.append("%d,0.%d,k%d%n".formatted(10 * (i % 4) + i % 3, i % 7, i % 4));
        }
        Files.writeString(folder.resolve("t.csv"), rows);
    }

    private Path script(String text) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), text);
    }

    private Console.Result run(String text, Object... more) throws IOException {
        Object[] arguments = new Object[4 + more.length];
        System.arraycopy(new Object[] {"run", script(text), "--out", folder.resolve("run")}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return sluice(arguments);
    }

    private static String pairs(String training) {
        return DATA.formatted("") + PAIRS + TRAINING.formatted(training);
    }

    private String file(String name) throws IOException {
        return Files.readString(folder.resolve("run").resolve(name));
    }

    @Test
    void aRunLearnsAndSaysThatNothingWasTested() throws IOException {
        Console.Result result = run(pairs(""));

        assertThat(result.code()).isZero();
        assertThat(result.unusual()).isEmpty();
        assertThat(result.out())
                .contains("after 2 (k2-k3): not tested", "no task has test examples", "exact retention   yes")
                .doesNotContain("ACC", "NaN", "| accuracy");
        assertThat(file("metrics.csv")).contains(",acc,\n", ",auc,\n").doesNotContain("NaN");
        assertThat(file("report.md"))
                .contains("Not tested: no task has test examples.")
                .doesNotContain("0.0000", "NaN", "ACC");
        String page = file("report.html");
        assertThat(page.substring(page.indexOf("<script type=\"application/json\"")))
                .contains("\"acc\":\"no task was tested\"");
        assertThat(file("run.json")).doesNotContain("NaN");
    }

    @Test
    void itsModelPredicts() throws IOException {
        run(pairs(""));

        Console.Result result = sluice(
                "predict", "--model", folder.resolve("run"), "--task", "k0-k1", "--input", folder.resolve("t.csv"));

        assertThat(result.code()).isZero();
        assertThat(result.out()).hasLineCount(65);
    }

    @ParameterizedTest
    @ValueSource(strings = {"er", "joint", "random-feature-lda"})
    void everyKindOfStrategyDoes(String strategy) throws IOException {
        Console.Result result = run(DATA.formatted("") + PAIRS + "scenario: class\nstrategy: " + strategy + "\n"
                + (strategy.equals("random-feature-lda") ? "" : TRAINING.formatted("")));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("no task has test examples").doesNotContain("NaN", "probabilities");
        assertThat(file("metrics.csv")).contains(",acc,\n").doesNotContain("NaN");
    }

    @Test
    void heldOutExamplesStillChooseThePass() throws IOException {
        run(pairs(", validation: 0.25"));

        JsonNode task = new ObjectMapper()
                .readTree(folder.resolve("run/run.json").toFile())
                .at("/tasks/0");
        assertThat(task.at("/validation/examples").asInt()).isEqualTo(8);
        assertThat(file("report.md")).contains("### Passes kept");
    }

    @Test
    void aComparisonSaysWhyItHasNoAccuracies() throws IOException {
        Console.Result result = run(pairs("")
                + "compare: {seeds: [1], variants: [{name: gates}, {name: er, set: {strategy: er}}]}\n"
                + "report: {references: [joint]}\n");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("gates seed 1: not tested, ", "undefined because no task was tested")
                .doesNotContain("NaN");
        assertThat(result.unusual())
                .containsOnlyOnce("report.references: no task has test examples")
                .doesNotContain("diverged");
    }

    @Test
    void whatNeedsTestsIsRefused() throws IOException {
        run(pairs(""));
        Path run = folder.resolve("run");

        assertThat(sluice("metrics", run, "--add", "top_3"))
                .satisfies(oneLine("predicted nothing, as none of its tasks has test examples"));
        assertThat(sluice("evaluate", "--model", run, "--script", folder.resolve("mine.yaml")))
                .satisfies(oneLine("mine has no test examples to evaluate on", "test_share above 0"));
        assertThat(sluice("metrics", run).out())
                .containsPattern("macro_f1 +undefined because no task was tested")
                .containsPattern("intransigence +undefined because no task was tested");
        assertThat(run(pairs(""), "--overwrite", "--fail-if", "acc < 0.5").err())
                .contains("it is undefined because no task was tested");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "split: {classes_per_task: 4}\nnetwork: {units: binary, hidden: [8]}\n",
                "split: {classes_per_task: 4}\nnetwork: {layers: [{dense: 8, exit: margin}, {dense: 8}]}\n",
            })
    void networksThatTestsJudgeAreRefused(String network) throws IOException {
        assertThat(run(DATA.formatted("") + network))
                .satisfies(mistake("mine.yaml:1: data.test_share: ", "there are none: make it more than 0"));
    }

    @Test
    void aNetworkThatGeneratesIsRefused() throws IOException {
        assertThat(run(DATA.formatted(", standardise: none") + "generator: {latents: [{variables: 8, choices: 2}]}\n"))
                .satisfies(mistake("mine.yaml:1: data.test_share: networks that generate are judged by test examples"));
    }

    @Test
    void aFolderOfPicturesNeedsNoTestsEither() throws IOException {
        for (String kind : new String[] {"cat", "dog"}) {
            Files.createDirectories(folder.resolve("pictures/" + kind));
            for (int i = 0; i < 3; i++) {
                BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
                image.setRGB(i, kind.equals("cat") ? 0 : 3, 0xffffff);
                ImageIO.write(
                        image,
                        "png",
                        folder.resolve("pictures/%s/%d.png".formatted(kind, i)).toFile());
            }
        }
        // a single picture of a class is enough where none is set aside
        Files.delete(folder.resolve("pictures/dog/1.png"));
        Files.delete(folder.resolve("pictures/dog/2.png"));

        Console.Result result = run("data: {set: images, folder: pictures, test_share: 0}\n"
                + "split: {classes_per_task: 2}\n" + TRAINING.formatted(""));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("no task has test examples");
        assertThat(file("run.json")).contains("\"train\" : ").doesNotContain("\"test\" : ");
    }
}
