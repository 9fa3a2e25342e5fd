package sluice.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless Chromium.
 *
 * @param program its path
 * @param folder for its files
 */
record Browser(Path program, Path folder) {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final long MOST_SECONDS = 300;

    /** What a visit gave: the page's elements, and what the browser said. */
    record Visit(String dom, String said) {
        /** What the page's console holds, errors and all. */
        List<String> console() {
            return said.lines().filter(line -> line.contains(":CONSOLE")).toList();
        }
    }

    /** The browser of this system, if there is one on the path. */
    static Optional<Path> find() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(":", -1))
                .filter(place -> !place.isEmpty())
                .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Visit visit(Path page, int width, String... options) throws IOException, InterruptedException {
        return run(
                page,
                width,
                Stream.concat(Stream.of("--dump-dom"), Arrays.stream(options)).toList());
    }

    Path print(Path page) throws IOException, InterruptedException {
        Path pdf = folder.resolve("page.pdf");
        run(page, 1400, List.of("--no-pdf-header-footer", "--print-to-pdf=" + pdf));
        return pdf;
    }

    private Visit run(Path page, int width, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--window-size=" + width + ",1000",
                "--virtual-time-budget=60000"));
        command.addAll(options);
        command.add(page.toUri().toString());
        Path dom = folder.resolve("dom.html");
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
                    .as("the browser ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Visit(Files.readString(dom), Files.readString(said));
    }
}
