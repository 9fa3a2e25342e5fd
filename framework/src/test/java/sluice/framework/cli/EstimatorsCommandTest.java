package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.gating.Estimators;

@Tag("slow")
class EstimatorsCommandTest {
    @TempDir
    private Path folder;

    private Console.Result estimators(Object... options) {
        return Console.sluice(
                Stream.concat(Stream.of("estimators"), Stream.of(options)).toArray());
    }

    private List<String> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<CSVRecord> table(Path out) throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader in = Files.newBufferedReader(out.resolve("estimators.csv"))) {
            return format.parse(in).getRecords();
        }
    }

    @Test
    void everyEstimatorIsMeasuredOnEveryProblemIntoATableAndAPlot() throws Exception {
        Path out = folder.resolve("runs").resolve("estimators");

        Console.Result result = estimators("--samples", 500, "--gates", 4, "--out", out);

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("quadratic: 6 gates, 500 estimates each", "network: 6 gates", "random-1: 4 gates")
                .contains("quadratic-choices: 6 gates in choices of one of 3, temperature 1, 500 estimates each")
                .contains("network-choices: 6 gates in", "random-1-choices: 3 gates in")
                .contains("variance x cost", "verdict", "relaxed: own objective", "control variate")
                .contains(out.resolve("estimators.csv").toString());
        List<CSVRecord> rows = table(out);
        assertThat(rows)
                .extracting(row -> row.get("estimator"))
                .containsAll(Estimators.BY_NAME.keySet())
                .hasSize(3 * (Estimators.BY_NAME.size() - 2) + 3 * 14);
        assertThat(rows.get(0).get("activation")).isEqualTo("sigmoid");
        assertThat(rows.get(rows.size() - 1).get("activation")).isEqualTo("softmax");
        assertThat(rows.get(0).get("estimator")).isEqualTo("st-open");
        assertThat(rows.get(0).get("claim")).isEqualTo("biased");
        assertThat(Double.parseDouble(rows.get(0).get("relative_bias_high")))
                .isGreaterThan(Double.parseDouble(rows.get(0).get("relative_bias")));
        assertThat(ImageIO.read(out.resolve("estimators.png").toFile()).getHeight())
                .isEqualTo(6 * 1120);
        assertThat(NeuronCommandTest.svg(out.resolve("estimators.svg"))
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    @Test
    void theListHasThePassesThatAreMeasured() {
        String listed = Console.sluice("list", "estimators").out();
        String measured = estimators("--networks", 0, "--samples", 2, "--out", folder.resolve("all"))
                .out();

        Pattern passes = Pattern.compile("\\d \\+ \\d +\\| +\\d \\+ \\d ");
        assertThat(Estimators.BY_NAME.keySet()).allSatisfy(name -> {
            Function<String, List<String>> passesOf = text -> text.lines()
                    .filter(line -> line.startsWith("| " + name + " "))
                    .flatMap(line -> passes.matcher(line).results())
                    .map(MatchResult::group)
                    .map(group -> group.replaceAll(" +", " "))
                    .distinct()
                    .toList();
            assertThat(passesOf.apply(listed)).hasSize(1).isEqualTo(passesOf.apply(measured));
        });
        assertThat(listed).containsPattern("\\| unbiased +\\| +[a-z ]+ \\| +none \\| +1 \\+ 0 \\| +1 \\+ 1 \\|");
    }

    @Test
    void onlyTheEstimatorsNamedAreMeasuredOnceEach() throws IOException {
        Path out = folder.resolve("two");

        estimators("reinmax", "concrete", "reinmax", "--networks", 0, "--samples", 100, "--out", out);

        assertThat(table(out))
                .extracting(row -> row.get("problem") + " " + row.get("estimator"))
                .containsExactly(
                        "quadratic reinmax",
                        "quadratic concrete",
                        "network reinmax",
                        "network concrete",
                        "quadratic-choices reinmax",
                        "network-choices reinmax");
    }

    @Test
    void problemsWhoseGatesNoneOfTheEstimatorsServesAreLeftOut() throws Exception {
        Path out = folder.resolve("groups");

        Console.Result result = estimators("st-gumbel-softmax", "--networks", 0, "--samples", 100, "--out", out);

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("quadratic-choices: 6 gates");
        assertThat(table(out))
                .extracting(row -> row.get("problem"))
                .containsExactly("quadratic-choices", "network-choices");
        assertThat(ImageIO.read(out.resolve("estimators.png").toFile()).getHeight())
                .isEqualTo(2 * 1120);
    }

    @Test
    void measurementsAreReplacedOnlyIfAskedForAndAForeignFileNever() throws IOException {
        Path out = folder.resolve("out");
        Object[] options = {"arm", "--networks", 0, "--samples", 100, "--out", out};
        estimators(options);

        assertThat(estimators(options)).satisfies(Console.oneLine("holds measurements: add --overwrite"));
        assertThat(estimators(Stream.concat(Stream.of(options), Stream.of("--overwrite"))
                                .toArray())
                        .code())
                .isZero();
        Files.writeString(out.resolve("notes.txt"), "mine");
        assertThat(estimators(Stream.concat(Stream.of(options), Stream.of("--overwrite"))
                        .toArray()))
                .satisfies(Console.oneLine("holds notes.txt, which no measurement wrote"));
    }

    @Test
    void whatAKilledProcessLeftIsReplacedUnasked() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(out.resolve("estimators.png"), "of a killed process");
        Files.writeString(out.resolve(".estimators.svg.0123456789abcdef.part"), "half");

        Console.Result result = estimators("arm", "--networks", 0, "--samples", 100, "--out", out);

        assertThat(result.code()).as(result.err()).isZero();
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("estimators.csv", "estimators.png", "estimators.svg");
        }
    }

    @Test
    void badOptionsGiveOneLineAndNoFile() throws IOException {
        Path out = folder.resolve("out");

        assertThat(estimators("reinmaxx", "--out", out))
                .satisfies(Console.oneLine("no estimator is called 'reinmaxx': did you mean 'reinmax'?"));
        assertThat(estimators("--gates", 21, "--out", out))
                .satisfies(Console.oneLine("--gates: enumeration of 2^21 configurations: 21 gates; at most 20"));
        assertThat(estimators("--gates", 0, "--out", out))
                .satisfies(Console.oneLine("--gates must be in [1, 20], got 0"));
        assertThat(estimators("--networks", -1, "--out", out))
                .satisfies(Console.oneLine("--networks must be in [0, 20], got -1"));
        assertThat(estimators("--samples", 1, "--out", out)).satisfies(Console.oneLine("--samples must be in [2, "));
        assertThat(estimators("--threads", 0, "--out", out))
                .satisfies(Console.oneLine("--threads must be in [1, 256], got 0"));
        assertThat(estimators("--networks", 21, "--out", out))
                .satisfies(Console.oneLine("--networks must be in [0, 20], got 21"));
        assertThat(estimators("--threads", 257, "--out", out))
                .satisfies(Console.oneLine("--threads must be in [1, 256], got 257"));
        assertThat(estimators("--samples", "many", "--out", out)).satisfies(Console.oneLine("--samples", "many"));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void foldersThatCannotBeWrittenGiveOneLineBeforeAnyWorkIsDone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

        assertThat(estimators("--out", file)).satisfies(Console.oneLine("is a file or a link: name another"));
        assertThat(estimators("--out", link)).satisfies(Console.oneLine("is a file or a link: name another"));
        assertThat(estimators("--out", file.resolve("below")))
                .satisfies(Console.oneLine("cannot write to output folder", file + " is not a writable folder"));
        assertThat(file).hasContent("mine");
        assertThat(leftovers()).containsExactly("file", "link");
    }
}
