package sluice.framework.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.optimizer.TrainingDuration;
import sluice.tasks.InputException;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.DataSettings;
import sluice.tasks.script.Folder;

class ComparisonScriptTest {
    private static final String SCRIPT = """
            data: {set: mnist, folder: files}
            training: {epochs: 7}
            seed: 5
            output: {folder: elsewhere}
            compare:
              seeds: [1, 2]
              variants:
              - name: plain
              - name: steep
                set:
                  gates.slope: {schedule: hat}
                  training.epochs: 3
            """;

    @TempDir
    Path folder;

    private ComparisonScript comparison(String text, String... overrides) throws IOException {
        return WrittenScript.in(folder, text).comparison(overrides);
    }

    private static ExperimentScript read(ComparisonScript.Run run) {
        return ExperimentScript.of(run.script());
    }

    private static Object slope(ComparisonScript.Run run) {
        return ((Map<?, ?>) read(run).settings().get("gates")).get("slope");
    }

    private static List<String> runs(ComparisonScript comparison) {
        return comparison.runs().stream()
                .map(run -> run.variant() + " " + run.seed() + " "
                        + ((TrainingDuration.Epochs) read(run).training().length()).count())
                .toList();
    }

    @Test
    void everyVariantIsTheScriptWithItsKeysSetOncePerSeed() throws IOException {
        ComparisonScript comparison = comparison(SCRIPT);

        assertThat(comparison.name()).isEqualTo("mine");
        assertThat(comparison.output()).isEqualTo(new Folder.Named(Path.of("elsewhere")));
        assertThat(runs(comparison)).containsExactly("plain 1 7", "plain 2 7", "steep 1 3", "steep 2 3");
        assertThat(slope(comparison.runs().get(0))).isEqualTo(1.0);
        assertThat(slope(comparison.runs().get(3))).isEqualTo(Map.of("schedule", "hat", "limit", 400.0));
        assertThat(comparison.runs().get(3).script().seed()).isEqualTo(2);
    }

    @Test
    void theSettingsOfARunAreAScriptThatGivesTheSameRun() throws IOException {
        ExperimentScript run = read(comparison(SCRIPT).runs().get(3));
        Path again =
                Files.writeString(folder.resolve("again.yaml"), new ObjectMapper().writeValueAsString(run.settings()));

        ExperimentScript read = new WrittenScript(again).read();

        assertThat(run.settings()).containsEntry("name", "mine-steep").doesNotContainKeys("compare", "output");
        assertThat(read.settings()).isEqualTo(run.settings());
    }

    @Test
    void withoutSeedsTheScriptsSeedIsTheOne() throws IOException {
        String text = SCRIPT.replace("  seeds: [1, 2]\n", "");

        assertThat(runs(comparison(text))).containsExactly("plain 5 7", "steep 5 3");
        assertThat(runs(comparison(text.replace("seed: 5\n", "")))).containsExactly("plain 1 7", "steep 1 3");
    }

    @Test
    void anOverrideHoldsForEveryVariantWhateverItSets() throws IOException {
        assertThat(runs(comparison(SCRIPT, "training.epochs=1", "compare.seeds=[9]")))
                .containsExactly("plain 9 1", "steep 9 1");
    }

    @Test
    void anOverrideOfTheSeedTakesThePlaceOfAllSeeds() throws IOException {
        assertThat(runs(comparison(SCRIPT, "seed=8"))).containsExactly("plain 8 7", "steep 8 3");
        assertThat(runs(comparison(SCRIPT, "seed=8", "compare.seeds=[3]"))).containsExactly("plain 3 7", "steep 3 3");
    }

    @Test
    void aComparisonCanBeOfSomeVariantsAlone() throws IOException {
        ComparisonScript comparison = comparison(SCRIPT);

        assertThat(comparison.only(ImmutableList.of("steep")).variants()).containsExactly("steep");
        assertThatThrownBy(() -> comparison.only(List.of("steap")))
                .isInstanceOf(InputException.class)
                .hasMessage("--variants: unknown variant 'steap': did you mean 'steep'?");
        assertThatThrownBy(() -> comparison.only(List.of())).isInstanceOf(InputException.class);
    }

    @Test
    void aRelativeFolderThatAVariantNamesStartsAtTheScript() throws IOException {
        String text = SCRIPT.replace("training.epochs: 3", "data.folder: other");

        DataSettings data = comparison(text).runs().get(2).script().data();

        assertThat(data.folder().or(Path.of("")))
                .isEqualTo(folder.toAbsolutePath().resolve("other"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            training.epochs: 0      | mine.yaml:12: training.epochs: must be in [1, 100000], got 0
            training.epoch: 3       | mine.yaml:12: training: unknown key 'epoch': did you mean 'epochs'?
            tranning.epochs: 3      | mine.yaml:12: unknown key 'tranning': did you mean 'training'?
            gates.slope.limit.x: 3  | mine.yaml:12: gates.slope.limit: is 400 at mine.yaml:11 and has no keys
            seed: 3                 | mine.yaml:12: compare.variants[1].set.seed: seed is the same for every variant
            threads: 3              | mine.yaml:12: compare.variants[1].set.threads: threads is the same
            name: x                 | mine.yaml:12: compare.variants[1].set.name: name is the same
            output.folder: x        | mine.yaml:12: compare.variants[1].set.output.folder: output is the same
            compare.seeds: [1]      | mine.yaml:12: compare.variants[1].set.compare.seeds: compare is the same
            training.: 1            | mine.yaml:12: compare.variants[1].set.training.: is no key
            """)
    void whatAVariantSetsWronglyIsNamedWithItsLine(String set, String complaint) throws IOException {
        String text =
                SCRIPT.replace("training.epochs: 3", set).replace("{schedule: hat}", "{schedule: hat, limit: 400}");

        assertThat(WrittenScript.in(folder, text).complaint()).startsWith(complaint);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            compare: 1                                  | mine.yaml:2: compare: must be a mapping of seeds, variants, got 1
            compare: {}                                 | mine.yaml:2: compare.variants: is missing
            compare: {variants: []}                     | mine.yaml:2: compare.variants: must be a list of variants
            compare: {variants: [a]}                    | mine.yaml:2: compare.variants[0]: must be a mapping of name, set
            compare: {variants: [{set: {}}]}            | mine.yaml:2: compare.variants[0].name: is missing
            compare: {variants: [{name: a b}]}          | mine.yaml:2: compare.variants[0].name: must be at most 100 letters
            compare: {variants: [{name: a}, {name: A}]} | compare.variants[1].name: there is a variant 'a' already
            compare: {variants: [{name: a, set: 1}]}    | compare.variants[0].set: must be a mapping of keys to values
            compare: {variants: [{name: a, sets: {}}]}  | compare.variants[0]: unknown key 'sets': did you mean 'set'?
            compare: {seeds: [], variants: [{name: a}]} | compare.seeds: must be a list of whole numbers like [1, 2, 3]
            compare: {seeds: [1, x], variants: [{name: a}]} | compare.seeds[1]: must be a whole number
            compare: {seeds: [1, 1], variants: [{name: a}]} | compare.seeds[1]: seed 1 is there already: remove one
            comapre: {variants: [{name: a}]}            | mine.yaml:2: unknown key 'comapre': did you mean 'compare'?
            """)
    void aComparisonThatCannotBeMeantIsRefused(String section, String complaint) throws IOException {
        assertThat(WrittenScript.in(folder, "data: {set: mnist}\n" + section).complaint())
                .contains(complaint);
    }

    @Test
    void namesThatAreTooLongTogetherAreRefused() throws IOException {
        String text = "name: %s\ndata: {set: mnist}\ncompare: {variants: [{name: %s}]}"
                .formatted("x".repeat(60), "y".repeat(60));

        assertThat(WrittenScript.in(folder, text).complaint())
                .isEqualTo("mine.yaml:3: compare.variants[0].name: with the script's name before it has more than 100"
                        + " letters: shorten one");
    }
}
