package sluice.framework.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static sluice.framework.cli.Console.sluice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Files are the same wherever their user lives. */
@Tag("slow")
@Isolated("the locale is that of the whole process")
class LocalesTest {
    private static final String SCRIPT = """
            data: {set: csv, label: label, tasks: [{name: İki, train: a.csv, test: a.csv}, {name: zwei, train: a.csv, test: a.csv}]}
            network: {hidden: [12]}
            training: {epochs: 2, batch_size: 10}
            threads: 1
            """;
    /** Files that hold durations, whose figures differ from run to run: of these the form is compared. */
    private static final List<String> TIMED =
            List.of("run.json", "metrics.csv", "checksums.sha256", "report.html", "report.md", ".svg", ".sluice");

    private final Locale usual = Locale.getDefault();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeData() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "x,y,label\n" + "0.1,0.2,i\n0.9,0.8,I\n".repeat(600));
        Files.writeString(folder.resolve("mine.yaml"), SCRIPT);
    }

    @AfterEach
    void returnHome() {
        Locale.setDefault(usual);
    }

    @Test
    void filesAreTheSameWhateverTheLocale() throws IOException {
        Map<String, String> here = files(Locale.ENGLISH, "once");
        // pictures of durations differ from run to run
        here.entrySet().retainAll(files(Locale.ENGLISH, "again").entrySet());
        // the command line draws in the root locale, which a caller from Java must choose by himself
        here.keySet().removeIf(file -> file.endsWith(".png") || file.endsWith(".svg"));

        assertThat(here.keySet())
                .contains("run/report.html", "run/metrics.csv", "run/run.json", "run/model.sluice", "predictions.csv");
        for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-nu-thai-ca-buddhist", "de-DE", "und")) {
            Map<String, String> there = files(Locale.forLanguageTag(tag), tag);
            here.forEach((file, content) -> assertThat(there.get(file).equals(content))
                    .as("%s is the same in %s", file, tag)
                    .isTrue());
        }
    }

    private Map<String, String> files(Locale locale, String name) throws IOException {
        Locale.setDefault(locale);
        Path out = folder.resolve(name);
        done(sluice("run", folder.resolve("mine.yaml"), "--out", out.resolve("run"), "--charts"));
        done(sluice("report", out.resolve("run")));
        done(sluice(
                "predict",
                "--model",
                out.resolve("run"),
                "--input",
                folder.resolve("a.csv"),
                "--task",
                "İki",
                "--out",
                out.resolve("predictions.csv")));
        done(sluice("estimators", "--samples", "1000", "--out", out.resolve("gates")));
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(out.relativize(file).toString(), content(file, out));
            }
        }
        return contents;
    }

    private static void done(Console.Result result) {
        assertThat(result.code()).as(result.err()).isZero();
    }

    private static String content(Path file, Path out) throws IOException {
        if (TIMED.stream().noneMatch(file.toString()::endsWith)) {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        }
        if (file.toString().endsWith(".sluice")) {
            return "";
        }
        return Files.readString(file, UTF_8)
                .replace(out.toString(), "")
                .replaceAll("[0-9a-f]{64}", "#")
                .replaceAll("-?[0-9][0-9,]*(\\.[0-9]+)?([eE][+-]?[0-9]+)?", "#");
    }
}
