package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReportCommandTest {
    private static final String MATRIX = """
            strategy,seed,after_task,task,correct,total,accuracy
            gates,1,1,a,9,10,0.9
            gates,1,2,a,8,10,0.8
            gates,1,2,b,7,10,0.7
            """;

    @TempDir
    private Path folder;

    @Test
    void theReportOfOneRunGoesIntoItsFolder() throws IOException {
        Path run = run("run");

        Console.Result result = Console.sluice("report", run.toString());

        assertThat(result.code()).isZero();
        assertThat(run.resolve("report.html")).isRegularFile();
        assertThat(run.resolve("report.md")).content().contains("0.7500");
        assertThat(result.out()).contains(run.resolve("report.html").toString());
    }

    @Test
    void severalFoldersAndAMatrixGoWhereOutSays() throws IOException {
        Path csv = Files.writeString(folder.resolve("other.csv"), "a,b\n90,\n80,70\n");
        Path out = folder.resolve("out");

        Console.Result result = Console.sluice(
                "report",
                run("one").toString(),
                run("two").toString(),
                "--matrix",
                csv.toString(),
                "--percent",
                "--out",
                out.toString(),
                "--charts",
                "--tensorboard");

        assertThat(result.code()).isZero();
        assertThat(out.resolve("report.md")).content().contains("gates (one)", "gates (two)", "| other |");
        assertThat(out.resolve("charts/strategies-acc.svg")).isRegularFile();
        assertThat(out.resolve("tensorboard/3-other-seed1")).isDirectory();
    }

    @Test
    void aPackedRunIsReportedWhereOutSays() throws IOException {
        Path packed = folder.resolve("mailed.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(packed))) {
            zip.putNextEntry(new ZipEntry("mailed/accuracy-matrix.csv"));
            zip.write(MATRIX.getBytes(StandardCharsets.UTF_8));
        }
        Path out = folder.resolve("out");

        Console.Result result = Console.sluice("report", packed.toString(), "--out", out.toString());

        assertThat(result.code()).isZero();
        assertThat(out.resolve("report.html")).isRegularFile();
        assertThat(out.resolve("report.md")).content().contains("0.7500");
    }

    @Test
    void theRowsOfAStoppedRunAreToldForWhatTheyAre() throws IOException {
        Path run = Files.createDirectories(folder.resolve("stopped"));
        Files.writeString(
                run.resolve("accuracy-matrix.csv"),
                MATRIX.replace("gates,1,2,", "gates,1,1,").replace("gates,1,1,a,8,10,0.8\n", ""));

        assertThat(Console.sluice("report", run))
                .satisfies(Console.oneLine("is of a run that was stopped after 1 of 2 tasks", "run it to its end"));
    }

    @Test
    void intransigenceOfTheFilesIsThatOfThePage() throws IOException {
        Path script = Files.writeString(folder.resolve("mine.yaml"), """
                data: {set: digits, train_size: 100, test_size: 50}
                network: {hidden: [8]}
                training: {epochs: 1}
                compare: {variants: [{name: gates}, {name: upper, set: {strategy: joint}}]}
                """);
        Path out = folder.resolve("out");

        assertThat(Console.sluice("run", script, "--out", out, "--charts", "--tensorboard")
                        .code())
                .isZero();

        double intransigence = metric(out, "gates", "intransigence");
        assertThat(intransigence)
                .isCloseTo(metric(out, "upper", "acc") - metric(out, "gates", "learning_accuracy"), within(1e-12));
        assertThat(out.resolve("report.md")).content().contains(String.format(Locale.ROOT, "| %.4f |", intransigence));
        assertThat(out.resolve("charts/strategies-acc.svg")).isRegularFile();
        assertThat(out.resolve("tensorboard")).isDirectory();
    }

    private static double metric(Path out, String variant, String metric) throws IOException {
        return Files.readAllLines(out.resolve("metrics.csv")).stream()
                .filter(line -> line.startsWith(variant + ",1," + metric + ","))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRunWithItsReportIsReplacedAsAnyOther() throws IOException {
        Path script = Files.writeString(
                folder.resolve("mine.yaml"),
                "data: {set: digits, train_size: 100, test_size: 50}\nnetwork: {hidden: [8]}\ntraining: {epochs: 1}\n");
        Path run = folder.resolve("run");
        assertThat(Console.sluice("run", script, "--out", run).code()).isZero();
        assertThat(run.resolve("report.html")).isRegularFile();
        assertThat(Console.sluice("report", run, "--charts", "--tensorboard").code())
                .isZero();

        assertThat(Console.sluice("run", script, "--out", run, "--overwrite").code())
                .isZero();
        assertThat(run.resolve("charts")).doesNotExist();

        Files.createDirectories(run.resolve("charts"));
        Files.writeString(run.resolve("charts/thesis.txt"), "mine");
        assertThat(Console.sluice("run", script, "--out", run, "--overwrite"))
                .satisfies(Console.oneLine("holds charts, which no run wrote"));
    }

    @Test
    void mistakesAreOneLineAndLeaveNothing() throws IOException {
        Path csv = Files.writeString(folder.resolve("other.csv"), "a,b\n90,\n80,70\n");
        Path out = folder.resolve("out");

        assertThat(Console.sluice("report", "--matrix", csv.toString(), "--out", out.toString()))
                .satisfies(Console.oneLine("--percent"));
        assertThat(Console.sluice("report", folder.toString())).satisfies(Console.oneLine("holds no results"));
        assertThat(Console.sluice("report")).satisfies(Console.oneLine("nothing to report"));
        assertThat(Console.sluice("report", run("run").toString(), "--percent")).satisfies(Console.oneLine("--matrix"));
        assertThat(Console.sluice("report", run("run").toString(), "--out", csv.toString()))
                .satisfies(Console.oneLine("is a file"));
        assertThat(out).doesNotExist();
    }

    private Path run(String name) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.writeString(run.resolve("accuracy-matrix.csv"), MATRIX);
        return run;
    }

    @Test
    void accuraciesOfAnotherSystemAreSaidAsTheyWereReadAndWrittenBesideThePage() throws IOException {
        Path file = Files.writeString(
                folder.resolve("theirs.csv"), "learned,t1,t2\n0,10.1,9.9\n1,98.1,10.0\n2,90.0,97.0\n");
        Path out = folder.resolve("theirs");

        Console.Result result = Console.sluice("report", "--matrix", file, "--percent", "--out", out);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(
                        "theirs.csv: a grid of 2 tasks and 3 rows, the first of the untrained network, column learned names the rows, in percent",
                        "ACC                 0.9350  ",
                        "BWT                -0.0810  ",
                        "Forgetting          0.0810  best-earlier: ");
        assertThat(out.resolve("accuracy-matrix.csv")).content().contains("theirs,1,2,t1,900000000,1000000000,0.9");
        assertThat(out.resolve("metrics.csv")).content().contains("theirs,1,acc,0.935");
        assertThat(Console.sluice("report", "--matrix", file, "--percent", "--out", out)
                        .code())
                .isZero();
        assertThat(Console.sluice("report", out).code()).isZero();
    }

    @Test
    void aRefusedReportLeavesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("theirs.csv"), "x,t1\n0,0.9\n1,0.8\n");

        assertThat(Console.sluice("report", "--matrix", file, "--out", folder.resolve("none")))
                .satisfies(Console.oneLine("theirs.csv, line 2, column x", "--rows x", "--rows none"));
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void resultsOfARunAreNotReplacedByThoseOfAnotherSystem() throws IOException {
        Path file = Files.writeString(folder.resolve("theirs.csv"), "0.9,\n0.8,0.7\n");
        Path run = Files.createDirectories(folder.resolve("own"));
        Files.writeString(run.resolve("accuracy-matrix.csv"), MATRIX);

        assertThat(Console.sluice("report", "--matrix", file, "--out", run))
                .satisfies(Console.oneLine("own holds results of its own", "choose another --out"));
        assertThat(run.resolve("accuracy-matrix.csv")).hasContent(MATRIX);
    }

    @Test
    void whatIsSaidOfAFileThatIsNotNamedIsRefused() {
        assertThat(Console.sluice("report", folder, "--rows", "x"))
                .satisfies(Console.oneLine("--rows says how to read --matrix FILE"));
    }
}
