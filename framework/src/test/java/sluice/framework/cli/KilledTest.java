package sluice.framework.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.evaluation.WholeFile;
import sluice.framework.cli.Console.Result;

/** After a kill at any moment the same command works, and nothing is left. */
@Tag("slow")
class KilledTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 100, test_size: 50}
            split: {groups: [[0, 1], [7, 3]]}
            network: {hidden: [12]}
            training: {epochs: 1, batch_size: 20}
            threads: 1
            """;
    private static final String RANDOM = ".0123456789abcdef.part";

    @TempDir
    private Path folder;

    /** The command line in a process that is gone, without a last word, as soon as a path is there. */
    static final class GoneAt {
        private GoneAt() {}

        /** Arguments: the path, and the command. */
        public static void main(String[] arguments) {
            Path path = Path.of(arguments[0]);
            Thread watch = new Thread(() -> {
                while (!Files.exists(path)) {
                    LockSupport.parkNanos(200_000);
                }
                Runtime.getRuntime().halt(137);
            });
            watch.setDaemon(true);
            watch.start();
            // a busy machine may let the command end before the watch has looked again
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                if (Files.exists(path)) {
                    Runtime.getRuntime().halt(137);
                }
            }));
            SluiceCommand.main(List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
        }
    }

    private Path script(String more) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), SCRIPT + more);
    }

    private void killedAt(Path path, Object... command) throws Exception {
        Stream<String> start = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                GoneAt.class.getName(),
                path.toString());
        Process process = new ProcessBuilder(
                        Stream.concat(start, Stream.of(command).map(Object::toString))
                                .toList())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed.txt").toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("printed.txt")))
                    .isEqualTo(137);
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.startsWith(".") || name.contains("/."))
                    .toList();
        }
    }

    private static void assertWorks(Result result) {
        assertThat(result.code()).as(result.err()).isZero();
    }

    @Test
    void aRunIsInItsPlaceWithAllOfItsFilesOrNotAtAll() throws Exception {
        Path out = folder.resolve("out");
        Object[] command = {"run", script(""), "--out", out, "--tensorboard", "--fail-if", "acc < 0"};

        killedAt(folder.resolve(".out.part/run/model.sluice"), command);
        assertThat(out).doesNotExist();
        killedAt(out, command);

        assertThat(out.resolve("model.sluice")).exists();
        assertThat(out.resolve("checks.xml")).exists();
        assertThat(out.resolve("report.html")).content().contains("\"place\":\"" + out + "\"");
        assertThat(out.resolve("report.md")).exists();
        assertThat(out.resolve("tensorboard")).isNotEmptyDirectory();
        assertThat(sluice(command)).satisfies(Console.oneLine("holds a run: add --overwrite"));
        assertThat(left()).isEmpty();
    }

    @Test
    void aComparisonGoesOnAndItsReportIsMadeMeanwhile() throws Exception {
        Path out = folder.resolve("out");
        Object[] command = {"run", script("compare: {seeds: [1, 2], variants: [{name: plain}]}"), "--out", out};

        killedAt(out.resolve("plain-seed2"), command);
        Files.writeString(out.resolve(".metrics.csv" + RANDOM), "half");
        Files.writeString(out.resolve("plain-seed1/.report.md" + RANDOM), "half");

        assertWorks(sluice("report", out, "--out", folder.resolve("report")));
        Result again = sluice(command);
        assertWorks(again);
        assertThat(again.out()).contains("plain seed 2: finished before");
        assertThat(left()).isEmpty();
    }

    @Test
    void whatIsWrittenBesideIsSweptByTheSameCommand() throws Exception {
        Path out = folder.resolve("out");
        assertWorks(sluice("run", script(""), "--out", out));
        Path input = Files.writeString(folder.resolve("in.csv"), "0,".repeat(28 * 28 - 1) + "0\n");
        for (String name : List.of("p.csv", "f.sluice", "out/report.md", "report/report.html", "n.png", "i.yaml")) {
            Path left = folder.resolve(name).resolveSibling("." + Path.of(name).getFileName() + RANDOM);
            Files.createDirectories(left.getParent());
            Files.writeString(left, "half");
            assertThat(WholeFile.isTemporary(left)).isTrue();
        }

        assertWorks(
                sluice("predict", "--model", out, "--task", "0-1", "--input", input, "--out", folder.resolve("p.csv")));
        assertWorks(sluice(
                "forget",
                "--model",
                out.resolve("model.sluice"),
                "--task",
                "0-1",
                "--out",
                folder.resolve("f.sluice")));
        // as a process leaves it that is killed while it replaces the run
        Files.move(out, folder.resolve(".out.old"));
        assertWorks(sluice("compare", out, out));
        assertWorks(sluice("report", out, "--out", folder.resolve("elsewhere")));
        assertThat(folder.resolve("elsewhere/report.html")).content().contains("\"place\":\"" + out + "\"");
        for (Path model : List.of(out, out.resolve("model.sluice"))) {
            assertWorks(sluice(
                    "predict",
                    "--model",
                    model,
                    "--task",
                    "0-1",
                    "--input",
                    input,
                    "--out",
                    folder.resolve("p"),
                    "--overwrite"));
        }
        assertThat(sluice("run", script(""), "--out", out)).satisfies(Console.oneLine("holds a run: add --overwrite"));

        assertWorks(sluice("report", out));
        assertWorks(sluice("report", out, "--out", folder.resolve("report")));
        assertWorks(sluice("neuron", "--out", folder.resolve("n")));
        assertWorks(sluice("init", folder.resolve("i.yaml")));

        assertThat(left()).isEmpty();
    }
}
