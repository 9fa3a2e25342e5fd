package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.oneLine;
import static sluice.framework.cli.Console.sluice;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.run.BoundPoint;
import sluice.evaluation.run.ImageBound;
import sluice.evaluation.run.LatentUse;
import sluice.evaluation.run.RunJson;
import sluice.evaluation.run.RunRecord;

/** {@code sluice run} with networks that generate. */
@Tag("slow")
class GeneratorCommandTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 200, test_size: 40}
            generator:
              latents: [{variables: 4, choices: 5}]
              class: 5
              validation: 20
              evaluate: {samples: 10, images: 20}
            training: {iterations: 120, batch_size: 20, learning_rate: 0.01}
            """;
    private static final String COMPARISON = """
            data: {set: digits, train_size: 100, test_size: 40}
            generator: {latents: [9], evaluate: {samples: 5, images: 20}}
            training: {iterations: 100, batch_size: 20}
            compare:
              seeds: [1, 2]
              variants:
              - {name: straight}
              - {name: gumbel, set: {generator.estimator: concrete}}
              - {name: halves, set: {generator.kind: structured}}
            """;

    @TempDir
    private Path folder;

    private Console.Result run(String script, Object... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), script);
        Object[] start = {"run", file, "--out", folder.resolve("out")};
        return sluice(Stream.concat(Stream.of(start), Stream.of(options)).toArray());
    }

    private List<String> names(String of) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(of))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private interface Parser<T> {
        T read(Reader in, String source) throws IOException;
    }

    private <T> T read(String file, Parser<T> parser) throws IOException {
        try (Reader in = Files.newBufferedReader(folder.resolve("out").resolve(file))) {
            return parser.read(in, file);
        }
    }

    @Test
    void aRunWritesAFolderThatReadsBack() throws IOException {
        Console.Result result = run(SCRIPT);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("mine, seed 1", "generator: 120 steps", "network           784-4x5-784 with 10 classes")
                .contains("(importance-weighted bound, 10 samples, 20 test images)", "class accuracy", "\nwritten\n");
        assertThat(names("out"))
                .contains(
                        "bounds-test.csv",
                        "bounds.csv",
                        "checksums.sha256",
                        "latents.csv",
                        "metrics.csv",
                        "reconstructions.png",
                        "run.json",
                        "samples.png",
                        "traversals.png")
                .doesNotContain("accuracy-matrix.csv");
        RunMetrics metrics = read("metrics.csv", MetricsCsv::read).get(0);
        List<ImageBound> bounds = read("bounds-test.csv", ImageBound.FILE::read);
        assertThat(metrics.values().keySet())
                .startsWith(
                        "nll", "elbo", "kl", "reconstruction", "active_latents", "class_accuracy", "validation_nll");
        assertThat(metrics.values().get("nll").number().orElseThrow())
                .isEqualTo(-bounds.stream()
                        .mapToDouble(ImageBound::importanceWeighted)
                        .average()
                        .orElseThrow());
        assertThat(bounds).extracting(ImageBound::image).startsWith(1, 3, 5).hasSize(20);
        assertThat(read("bounds.csv", BoundPoint.FILE::read)).hasSize(120);
        assertThat(read("latents.csv", LatentUse.FILE::read)).hasSize(5);
        RunRecord record = read("run.json", RunJson::read).orElseThrow().record();
        assertThat(record.settings()).containsKeys("generator", "training").doesNotContainKeys("split", "report");
        assertThat(record.strategy()).isEqualTo("st-sigmoid");
        assertThat(record.interrupted()).isFalse();
        assertThat(record.seconds()).containsKeys("loading", "training", "evaluation", "total");
    }

    @Test
    void theSameRunWritesTheSameBytesAndReplacesNothingUnasked() throws IOException {
        run(SCRIPT, "--threads", 1);
        byte[] bounds = Files.readAllBytes(folder.resolve("out/bounds-test.csv"));
        byte[] pictures = Files.readAllBytes(folder.resolve("out/samples.png"));

        assertThat(run(SCRIPT)).satisfies(oneLine("out holds a run: add --overwrite"));
        assertThat(run(SCRIPT, "--overwrite", "--threads", 2).code()).isZero();

        assertThat(folder.resolve("out/bounds-test.csv")).hasBinaryContent(bounds);
        assertThat(folder.resolve("out/samples.png")).hasBinaryContent(pictures);
    }

    @Test
    void conditionsFailARun() throws IOException {
        Console.Result result = run(SCRIPT, "--quiet", "--fail-if", "nll > 9999", "--fail-if", "elbo > 1");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.out()).startsWith("mine seed 1: NLL ").contains(" nats, negative ELBO ", "class accuracy");
        assertThat(result.out().strip().lines()).hasSize(1);
        assertThat(result.err()).startsWith("sluice: check failed: elbo > 1: it is ");
        assertThat(names("out")).contains("checks.xml");
        assertThat(run(SCRIPT, "--overwrite", "--fail-if", "kl_ > 1")).satisfies(oneLine("unknown metric 'kl_'"));
    }

    @Test
    void aDryRunSaysWhatTheRunWouldTakeAndWritesNothing() throws IOException {
        Console.Result result = run(SCRIPT, "--dry-run");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        // 784 x 10 + 794 x 20 + 10 x 20 + 30 x 784 weights, 10 + 20 + 20 + 784 biases, 10 logits of a prior
        assertThat(result.out())
                .contains(
                        "steps             120\n", "parameters        48,284 weights and biases", "nothing was written")
                .containsPattern("\\| mine +\\| +10 \\| +180 \\| +40 \\| +120 \\|");
        assertThat(names("")).containsExactly("mine.yaml");
    }

    @Test
    void eventsAreLinesOfJson() throws IOException {
        Console.Result result = run(SCRIPT, "--json");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).allMatch(line -> line.startsWith("{\"event\":\"") && line.endsWith("}"));
        assertThat(result.out())
                .contains("\"event\":\"run_started\"", "\"event\":\"task_started\"", "\"steps\":120")
                .contains("\"position\":1,\"tasks\":1")
                .contains("\"event\":\"run_finished\"", "\"status\":\"done\"", "\"nll\":", "samples.png");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            training.learning_rate=1e38   | the negative bound became
            data.normalisation=none       | data.normalisation: example
            generator.validation=200      | generator.validation: must leave some of the 200 training examples
            training.batch_size=100000, generator.samples=100, generator.latents=[10000], data.train_size=100000 | training.batch_size:
            """)
    void whatCannotBeIsOneLine(String settings, String complaint) throws IOException {
        List<Object> options = new ArrayList<>();
        for (String setting : Splitter.on(", ").split(settings)) {
            options.addAll(List.of("--set", setting));
        }

        Console.Result result = run(SCRIPT, options.toArray());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err().strip().lines()).hasSize(1);
        assertThat(result.err()).contains(complaint);
        assertThat(names("")).containsExactly("mine.yaml");
    }

    @Test
    void fewStepsAreWarnedOf() throws IOException {
        assertThat(run(SCRIPT, "--set", "training.iterations=20").err())
                .contains("mine.yaml:7: training: makes 20 steps, far too few");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            training.batch_size=500 | training.batch_size: 500 is more than the 180 training examples, which make every batch
            generator.class=100     | generator.class: 100 examples of each class are to be known, and a class has 18
            """)
    void examplesThatAreNotThereAreWarnedOf(String setting, String warning) throws IOException {
        assertThat(run(SCRIPT, "--set", setting).err()).contains("sluice: warning: ", warning);
    }

    @Test
    void classesOfATableAreAskedForByName() throws IOException {
        StringBuilder table = new StringBuilder("a,b,label\n");
        for (int i = 0; i < 40; i++) {
            table.append(i % 2)
                    .append(i / 2 % 2 == 0 ? ",0.4," : ",0.6,")
                    .append(i % 2 == 0 ? "cat" : "dog")
                    .append('\n');
        }
        Files.writeString(folder.resolve("table.csv"), table);
        String script = """
                data: {set: csv, file: table.csv, test_share: 0.25, label: label, standardise: none}
                generator: {latents: [2], class: given, evaluate: {samples: 2}}
                training: {iterations: 100, batch_size: 10}
                """;

        assertThat(run(script).err()).isEmpty();

        assertThat(sluice(
                        "generate",
                        "--model",
                        folder.resolve("out"),
                        "--class",
                        "bird",
                        "--out",
                        folder.resolve("x.idx")))
                .satisfies(oneLine("the model knows no class 'bird': choose one of cat, dog"));
        assertThat(run(script.replace(", standardise: none", ""), "--overwrite", "--quiet"))
                .satisfies(oneLine("data.standardise: example 1 has the value", "write standardise: none"));
    }

    @Test
    void aComparisonHasATableAndGoesOnWhereItStopped() throws IOException {
        Console.Result first = run(COMPARISON, "--variants", "straight,gumbel");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out())
                .containsPattern("\\| strategy +\\| runs \\| +NLL \\| negative ELBO \\|")
                .contains("straight seed 1: NLL ", "[4/4]");
        assertThat(names("out"))
                .contains(
                        "comparison.csv", "gumbel-seed1", "gumbel-seed2", "metrics.csv", "runs.csv", "straight-seed1");

        Console.Result all = run(COMPARISON);

        assertThat(all.code()).as(all.err()).isZero();
        assertThat(all.out()).contains("[1/6] straight seed 1: finished before: NLL ", "halves: KL undefined because");
        assertThat(Files.readAllLines(folder.resolve("out/comparison.csv")))
                .hasSize(7)
                .first()
                .asString()
                .startsWith("variant,seed,nll,elbo,kl,");
    }

    @Test
    void variantsArePairedOverTestImages() throws IOException {
        run(COMPARISON, "--quiet");
        Path out = folder.resolve("out");

        Console.Result alike = sluice("compare", out + ":straight", out + ":gumbel", "--out", folder.resolve("d.csv"));
        Console.Result different = sluice("compare", out + ":straight", out + ":halves");

        assertThat(alike.code()).as(alike.err()).isZero();
        assertThat(alike.out())
                .contains("paired over 20 test images, in nats")
                .containsPattern("\\| negative bound \\| +A \\| +B \\| +B - A \\| standard error \\| +z \\|");
        assertThat(folder.resolve("d.csv")).content().contains("\nimages,nll,", "\nimages,elbo,");
        assertThat(different.code()).isZero();
        assertThat(different.out()).doesNotContain("test images");
    }

    @Test
    void generatorsAndTasksAreNotComparedTogether() throws IOException {
        String script = """
                data: {set: digits}
                compare:
                  variants:
                  - {name: tasks}
                  - {name: generator, set: {generator.latents: [9]}}
                """;

        assertThat(run(script))
                .satisfies(oneLine(
                        "mine.yaml:", "compare: variant generator has a section generator, variant tasks has none"));
    }

    @Test
    void scriptsAreValidatedWithoutData() throws IOException {
        Path file = Files.writeString(
                folder.resolve("mine.yaml"),
                SCRIPT.replace("set: digits, train_size: 200, test_size: 40", "set: mnist"));

        assertThat(sluice("validate", file, "generators-mnist").out())
                .contains("mine, one run of a generator", "ok  generators-mnist: generators-mnist, ");
        assertThat(sluice("validate", file, "--set", "generator.latents=[0]").err())
                .isEqualTo("sluice: --set generator.latents=[0]: generator.latents[0]: must be in [1, 10000], got 0\n");
    }
}
