package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.ScriptReader;

/** The searches by which settings of published figures were chosen: nothing is trained here. */
class SearchesTest {
    private static final Path FOLDER = Path.of("..", "evaluation", "searches");
    /** Seeds of the searches. */
    private static final Set<Long> SEARCHED = Set.of(101L, 102L);

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static ComparisonScript chosen(Path file) {
        return (ComparisonScript) ScriptReader.named(file.toString(), List.of());
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyScriptIsASearchOrHasWhatWasChosenOnOtherSeeds(Path file) {
        Optional<Tuning> search = Tuning.of(file.toString(), List.of());

        if (search.isPresent()) {
            assertThat(search.get().search().runs())
                    .hasSizeGreaterThan(3)
                    .allSatisfy(run -> assertThat(run.seed()).isIn(SEARCHED));
        } else {
            assertThat(Comparison.of(chosen(file)).runs())
                    .allSatisfy(run -> assertThat(run.seed()).isNotIn(SEARCHED));
        }
    }

    @Test
    void everySearchIsMadeByTheCommandThatMakesAll() throws IOException {
        String make = Files.readString(FOLDER.resolve("make"));

        assertThat(scripts().stream()
                        .filter(file -> Tuning.of(file.toString(), List.of()).isPresent())
                        .map(file -> file.getFileName().toString().replace(".yaml", "")))
                .allSatisfy(script -> assertThat(make)
                        .containsPattern(
                                script.startsWith("split")
                                        ? "search .*" + script.substring(0, script.lastIndexOf('-'))
                                        : "search .* " + script + "\\b"));
    }

    @Test
    void rowsOfBinaryNeuronsAreTrainedByWhatWasTried() {
        Set<Object> tried = Stream.of("binary-mnist", "binary-mnist-centred", "binary-mnist-score")
                .map(name -> Tuning.of(FOLDER.resolve(name + ".yaml").toString(), List.of())
                        .orElseThrow())
                .flatMap(search -> search.search().runs().stream())
                .map(SearchesTest::training)
                .collect(Collectors.toSet());

        assertThat(Comparison.of((ComparisonScript) ScriptReader.shipped("binary-mnist", List.of())).runs().stream()
                        .filter(run -> SEARCHED.contains(run.seed()) || !tried.contains(training(run)))
                        .map(PlannedRun::folder))
                .isEmpty();
    }

    private static Object training(PlannedRun run) {
        return run.tasks().settings().get("training");
    }
}
