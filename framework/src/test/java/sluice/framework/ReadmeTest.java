package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import sluice.framework.experiment.Comparison;
import sluice.framework.experiment.Experiment;
import sluice.framework.experiment.GeneratorExperiment;
import sluice.framework.experiment.Tuning;
import sluice.framework.generator.TinyGenerators;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.Script;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

/** What the README and the pages that it leads to show is compiled and run, so that it stays true. */
@Tag("slow")
class ReadmeTest {
    private static final int LONGEST_PROGRAM = 48;
    private static final int LONGEST_README = 160;
    private static final List<String> PAGES = List.of(
            "README.md",
            "tasks/README.md",
            "gating/README.md",
            "evaluation/README.md",
            "framework/README.md",
            "evaluation/gallery/README.md");

    @TempDir
    private Path folder;

    private static String page(String name) throws IOException {
        return Files.readString(Path.of("..").resolve(name));
    }

    private static List<String> blocks(String language) throws IOException {
        StringBuilder pages = new StringBuilder();
        for (String name : PAGES) {
            pages.append(page(name));
        }
        Matcher matcher = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
                .matcher(pages);
        return matcher.results().map(result -> result.group(1)).toList();
    }

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(page("README.md").lines().count()).isLessThanOrEqualTo(LONGEST_README);
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void whatAPageLinksToIsThere(String name) throws IOException {
        Matcher links = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)").matcher(page(name));

        assertThat(links.results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Path.of("..").resolve(name).resolveSibling(link))
                        .exists());
    }

    @Test
    void everyPageIsLinkedFromTheReadme() throws IOException {
        assertThat(page("README.md")).contains(PAGES.subList(1, PAGES.size()));
    }

    private String run(String program, String... arguments) throws Exception {
        Matcher name = Pattern.compile("public class (\\w+)").matcher(program);
        assertThat(name.find()).isTrue();
        Path source = Files.writeString(folder.resolve(name.group(1) + ".java"), program);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        folder.toString(),
                        "-Xlint:all,-path",
                        "-Werror",
                        "-proc:none",
                        source.toString());
        assertThat(compiled).isZero();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream console = System.out;
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(name.group(1)).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void programsAreShort() throws IOException {
        assertThat(blocks("java"))
                .hasSize(6)
                .allSatisfy(program -> assertThat(program.lines().count()).isLessThanOrEqualTo(LONGEST_PROGRAM));
    }

    @Test
    void theFirstProgramTrainsOnASequenceAndPrintsItsMetrics() throws Exception {
        String printed = run(blocks("java").get(0));

        assertThat(printed).contains("ACC", "BWT                 0.0000", "Forgetting          0.0000");
    }

    @Test
    void theSecondProgramLearnsTasksFromArrays() throws Exception {
        assertThat(run(blocks("java").get(1)).strip()).isEqualTo("[0, 0, 0, 1][0, 1, 1, 0]");
    }

    @Test
    void theThirdProgramComparesAStrategyWithAShippedOne() throws Exception {
        Path results = folder.resolve("results");

        assertThat(run(blocks("java").get(2), results.toString())).contains("l2", "ewc", "ACC", "forgetting");

        assertThat(results.resolve("report.html")).exists();
        assertThat(results.resolve("l2-seed2/run.json")).exists();
    }

    @Test
    void theFourthProgramSpendsMoreWhereItMay() throws Exception {
        List<Integer> early = run(blocks("java").get(3))
                .lines()
                .map(line -> Integer.valueOf(line.substring(0, line.indexOf(' '))))
                .toList();

        assertThat(early).hasSize(2);
        assertThat(early.get(0)).isGreaterThan(early.get(1));
    }

    @Test
    void theFifthProgramAsksAModelForImagesOfAClass() throws Exception {
        Path model = folder.resolve("model.sluice");
        TinyGenerators.withClasses().save(model);

        assertThat(run(blocks("java").get(4), model.toString(), "b").lines())
                .hasSize(4)
                .allMatch(line -> line.matches("seen as [abc], 6 pixels, -\\d+\\.\\d nats"));
    }

    @Test
    void theSixthProgramAnswersWithASavedModel() throws Exception {
        assertThat(run(blocks("java").get(5)).lines())
                .hasSize(4)
                .allMatch(line -> line.matches("[01] (1\\.0|0\\.[5-9]\\d*)"));
    }

    @Test
    void scriptsAreValid() throws IOException {
        assertThat(blocks("yaml")).hasSize(9).allSatisfy(block -> {
            Path script = Files.writeString(folder.resolve("script.yaml"), block);

            Script read = ScriptReader.read(script, List.of());
            assertThat(
                            read instanceof ComparisonScript comparison
                                    ? Comparison.of(comparison).runs()
                                    : List.of(experiment((TaskSequenceScript) read, script)))
                    .isNotEmpty();
        });
    }

    private static Object experiment(TaskSequenceScript script, Path file) {
        Optional<Tuning> tuning = Tuning.of(file.toString(), List.of());
        if (tuning.isPresent()) {
            return tuning.get().search();
        }
        return script.isGenerator() ? GeneratorExperiment.of(script) : Experiment.of(script);
    }
}
