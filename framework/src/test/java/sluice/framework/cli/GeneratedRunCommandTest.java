package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.generator.GenerativeModel;
import sluice.framework.generator.TinyGenerators;

/** What a run that trained a generator leaves, and what other commands say of it. */
class GeneratedRunCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 60, test_size: 20}
            generator: {latents: [{variables: 3, choices: 4}], %s, evaluate: {samples: 5, images: 5}}
            training: {iterations: 3, batch_size: 10}
            """;

    @TempDir
    private Path folder;

    private Path run(String kind) throws IOException {
        Path script = Files.writeString(folder.resolve("script.yaml"), SCRIPT.formatted(kind));
        Path run = folder.resolve("run");
        assertThat(sluice("run", script, "--out", run).code()).isZero();
        return run;
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"given, 3", "unsupervised, cluster-3"})
    void aRunKeepsAModelThatKnowsItsImagesAndClasses(String known, String called) throws IOException {
        Path run = run("class: " + known);
        Path picture = folder.resolve("x.png");

        Console.Result result = sluice("generate", "--model", run, "--class", called, "--count", 4, "--out", picture);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("generated 4 images of class " + called + ", seed 1");
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(28 + 2 + 28);
        assertThat(GenerativeModel.load(run.resolve("model.sluice")).provenance())
                .containsKeys("settings", "sluice");
    }

    @Tag("slow")
    @Test
    void aStructuredRunCompletesWhatAnotherGenerated() throws IOException {
        Path run = run("kind: structured");
        Path whole = folder.resolve("whole.idx.gz");
        Path model = folder.resolve("whole.sluice");
        TinyGenerators.ofDigits().save(model);
        assertThat(sluice("generate", "--model", model, "--count", 2, "--out", whole)
                        .code())
                .isZero();
        Path picture = folder.resolve("x.png");

        Console.Result result = sluice("generate", "--model", run, "--input", whole, "--count", 2, "--out", picture);

        assertThat(result.err()).isEmpty();
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(28 + 2 + 28);
    }

    @Test
    void aGeneratorNeitherPredictsNorForgetsNorIsReported() throws IOException {
        Path model = folder.resolve("plain.sluice");
        TinyGenerators.plain().save(model);
        Path input = Files.writeString(folder.resolve("in.csv"), "0.1,0.2,0,0,0,0\n");
        Path table = folder.resolve("out.csv");
        Path less = folder.resolve("less.sluice");

        assertThat(sluice("predict", "--model", model, "--input", input, "--out", table))
                .satisfies(
                        Console.oneLine(model + " is a generator, which draws images", "name a model that predicts"));
        assertThat(sluice("predict", "--model", model, "--task", "0-1", "--input", input, "--out", table))
                .satisfies(Console.oneLine("is a generator", "name a model that predicts"));
        assertThat(sluice("forget", "--model", model, "--task", "0-1", "--out", less))
                .satisfies(Console.oneLine("is a generator", "name the model of a gated network (scenario task)"));
        assertThat(sluice("report", model)).satisfies(Console.oneLine(model.toString()));
        assertThat(table).doesNotExist();
        assertThat(less).doesNotExist();
    }
}
