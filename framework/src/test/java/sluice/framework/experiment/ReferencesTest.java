package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.MetricValue;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.Reference;
import sluice.evaluation.ReferenceAccuracies;
import sluice.evaluation.ReferencesCsv;
import sluice.framework.optimizer.Sgd;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.framework.strategy.Setup;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;

@Tag("slow")
class ReferencesTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 100, test_size: 50}
            split: {groups: [[0, 1], [7, 3]]}
            strategy: fine-tuning
            network: {hidden: [12]}
            training: {epochs: 2, batch_size: 20}
            threads: 1
            report: {forgetting: first, references: [joint, independent]}
            """;
    private static final String COMPARISON = SCRIPT + """
            compare:
              seeds: [1, 2]
              variants:
              - {name: plain}
              - {name: joint-only, set: {strategy: ewc, report.references: [joint]}}
            """;

    @TempDir
    private Path folder;

    /** Remembers which references were trained, and what was warned of. */
    private static final class Heard implements TrainingListener {
        final List<Reference> trained = Collections.synchronizedList(new ArrayList<>());
        final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void referenceStarted(Reference reference, long steps) {
            trained.add(reference);
        }

        @Override
        public void warning(String message) {
            // a training of two steps is warned of, and so is what comes of it
            if (!message.contains("far too few") && !message.contains("never predicted")) {
                warnings.add(message);
            }
        }
    }

    private Path cache() {
        return folder.resolve("cache/references");
    }

    private References references() {
        return References.in(cache(), "code");
    }

    private DataPlace place() {
        return new DataPlace.Given(folder, "--data");
    }

    private TaskSequenceScript script(String text, String... overrides) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), text);
        return (TaskSequenceScript) ScriptReader.read(file, List.of(overrides));
    }

    private Outcome run(References references, Heard heard, String... overrides) throws IOException {
        return Experiment.of(ScriptPlan.of(script(SCRIPT, overrides)), references)
                .run(place(), heard);
    }

    private Outcome run(Heard heard, String... overrides) throws IOException {
        return run(references(), heard, overrides);
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(cache())) {
            return files.sorted().toList();
        }
    }

    private static TaskSequence arrays() {
        float[][] rows = {{0, 1}, {1, 0}, {0, 2}, {2, 0}};
        int[] labels = {0, 1, 0, 1};
        return TaskSequence.of("arrays", Normalisation.NONE, Task.of("a", rows, labels, rows, labels));
    }

    private static Setup setup(double learningRate) {
        return Setup.dense(
                ImmutableList.of(3),
                new TrainingSettings(2, 2, new Sgd(learningRate, 0, 0), Double.POSITIVE_INFINITY),
                1,
                1);
    }

    @Test
    void aRunIsReportedAgainstItsReferencesAndKeepsThem() throws IOException {
        Heard heard = new Heard();

        Outcome outcome = run(heard);

        assertThat(heard.trained).containsExactly(Reference.JOINT, Reference.INDEPENDENT);
        assertThat(heard.warnings).isEmpty();
        assertThat(outcome.report().render())
                .contains("forgetting (first)", "Intransigence", "Forgetting ratio", "FWT (independent)");
        try (RunFolder target = RunFolder.claim(folder.resolve("run"), false)) {
            assertThat(target.fill(outcome)).contains(folder.resolve("run/references.csv"));
        }
        try (Reader in = Files.newBufferedReader(folder.resolve("run/references.csv"))) {
            assertThat(ReferencesCsv.read(in, "references.csv")).containsExactly(outcome.references());
        }
        try (Reader in = Files.newBufferedReader(folder.resolve("run/metrics.csv"))) {
            ImmutableMap<String, MetricValue> metrics =
                    MetricsCsv.read(in, "metrics.csv").get(0).values();
            assertThat(List.of("intransigence", "fwt_independent"))
                    .allSatisfy(name -> assertThat(metrics.get(name)).isInstanceOf(MetricValue.Defined.class));
        }
        RunFolder.claim(folder.resolve("run"), true).close();
    }

    @Test
    void withoutReferencesNothingIsTrainedOrWritten() throws IOException {
        Heard heard = new Heard();

        Outcome outcome = run(heard, "report.references=[]");

        assertThat(heard.trained).isEmpty();
        assertThat(outcome.references().isEmpty()).isTrue();
        assertThat(cache()).doesNotExist();
        try (RunFolder target = RunFolder.claim(folder.resolve("run"), false)) {
            assertThat(target.fill(outcome)).doesNotContain(folder.resolve("run/references.csv"));
        }
    }

    @Test
    void whatIsInTheCacheIsNotTrainedAgainAndIsTheSame() throws IOException {
        ReferenceAccuracies trained = run(new Heard()).references();
        Heard heard = new Heard();

        ReferenceAccuracies read = run(heard, "strategy=ewc").references();

        assertThat(heard.trained).isEmpty();
        assertThat(read).isEqualTo(trained);
        assertThat(kept()).hasSize(2);
    }

    @Test
    void aReferenceThatIsInTheCacheServesAScriptThatAsksForMore() throws IOException {
        run(new Heard(), "report.references=[joint]");
        Heard heard = new Heard();

        run(heard, "report.references=[independent, joint]");

        assertThat(heard.trained).containsExactly(Reference.INDEPENDENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed=2",
                "network.hidden=[13]",
                "training.epochs=1",
                "threads=2",
                "scenario=class",
                "split.groups=[[7, 3], [0, 1]]",
                "data.seed=2",
                "data.normalisation=none"
            })
    void whatReferencesDependOnHasThemTrainedAnew(String setting) throws IOException {
        run(new Heard());
        Heard heard = new Heard();

        run(heard, setting);

        assertThat(heard.trained).containsExactly(Reference.JOINT, Reference.INDEPENDENT);
    }

    @Test
    void otherCodeOfTheSameVersionTrainsThemAnew() throws IOException {
        run(new Heard());
        Heard heard = new Heard();

        run(References.in(cache(), "code of the day after"), heard);

        assertThat(heard.trained).containsExactly(Reference.JOINT, Reference.INDEPENDENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "reference,seed\n", "reference,seed,task,correct,total,accuracy\n", "\u00ff\u0000"})
    void aDamagedFileIsWarnedOfAndWrittenAnew(String content) throws IOException {
        ReferenceAccuracies trained =
                run(new Heard(), "report.references=[joint]").references();
        Path file = kept().get(0);
        String whole = Files.readString(file);
        Files.writeString(file, content);
        Heard heard = new Heard();

        ReferenceAccuracies again = run(heard, "report.references=[joint]").references();

        assertThat(heard.warnings).hasSize(1).first().asString().contains(file + " is damaged", "joint");
        assertThat(again).isEqualTo(trained);
        assertThat(Files.readString(file)).isEqualTo(whole);
    }

    @Test
    void notOneBitOfAKeptFileIsBelievedThatWasNotWritten() throws IOException {
        ReferenceAccuracies trained =
                run(new Heard(), "report.references=[joint]").references();
        Path file = kept().get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * whole.length; bit += 397) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(file, flipped);
            Heard heard = new Heard();

            ReferenceAccuracies again = run(heard, "report.references=[joint]").references();

            assertThat(again).isEqualTo(trained);
            assertThat(heard.warnings).hasSize(1).first().asString().contains(file + " is damaged");
        }
    }

    @Test
    void aFileOfOtherTasksIsDamagedToo() throws IOException {
        run(new Heard(), "report.references=[joint]");
        Path file = kept().get(0);
        String whole = Files.readString(file);
        String others = whole.substring(0, whole.indexOf('#')).replace("7-3", "7-4");
        Files.writeString(file, ReferenceFiles.withChecksum(others));
        Heard heard = new Heard();

        run(heard, "report.references=[joint]");

        assertThat(heard.warnings).hasSize(1).first().asString().endsWith("its tasks are others");
        assertThat(Files.readString(file)).isEqualTo(whole);
    }

    @Test
    void aCacheThatCannotBeWrittenCostsNoRun() throws IOException {
        Files.createFile(folder.resolve("cache"));
        Heard heard = new Heard();

        Outcome outcome = run(heard, "report.references=[joint]");

        assertThat(heard.warnings).hasSize(1).first().asString().contains("will be trained again");
        assertThat(outcome.references().cells().size()).isEqualTo(2);
    }

    @Test
    void theRunsOfAComparisonShareTheirReferences() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), COMPARISON);
        ComparisonScript script = (ComparisonScript) ScriptReader.read(file, List.of());
        // no disk: a file is where the folder would be
        Files.createFile(folder.resolve("cache"));
        Heard heard = new Heard();
        ComparisonListener listener = new ComparisonListener() {
            @Override
            public TrainingListener runStarted(PlannedRun run) {
                return heard;
            }

            @Override
            public void runEnded(ComparedRun run) {
                assertThat(run).isInstanceOf(ComparedRun.Finished.class);
            }
        };

        try (ComparisonFolder target = ComparisonFolder.claim(folder.resolve("out"), false)) {
            Comparison.of(script, references()).run(place(), target, listener);
        }

        assertThat(heard.trained)
                .containsExactlyInAnyOrder(
                        Reference.JOINT, Reference.INDEPENDENT, Reference.JOINT, Reference.INDEPENDENT);
        assertThat(folder.resolve("out/joint-only-seed2/references.csv")).exists();
        List<String> figures = Files.readAllLines(folder.resolve("out/comparison.csv"));
        assertThat(figures.get(0)).endsWith(",memory_bytes,reuse,intransigence,forgetting_ratio,fwt_independent");
        assertThat(figures.get(1)).startsWith("plain,1,").matches(".*,-?[\\d.]+,[-\\d.]*,-?[\\d.]+");
        assertThat(figures.get(3)).startsWith("joint-only,1,").matches(".*,-?[\\d.]+,[-\\d.]*,");
        ComparisonFolder.claim(folder.resolve("out"), true).close();
    }

    @Test
    void runsInParallelWaitForTheOneThatTrains() throws IOException {
        References references = references();
        Experiment experiment = Experiment.of(ScriptPlan.of(script(SCRIPT)), references);
        Heard heard = new Heard();

        List<ReferenceAccuracies> found = IntStream.range(0, 4)
                .parallel()
                .mapToObj(i -> experiment.run(place(), heard).references())
                .collect(Collectors.toList());

        assertThat(heard.trained).containsExactlyInAnyOrder(Reference.JOINT, Reference.INDEPENDENT);
        assertThat(found).containsOnly(found.get(0));
    }

    @Test
    void dataThatIsKnownByNoContentIsNotKeptOnDisk() throws IOException {
        Heard heard = new Heard();
        References references = references();
        TaskSequenceScript script = script(SCRIPT.replace("digits, train_size: 100, test_size: 50", "mnist"));

        references.of(ScriptPlan.of(script), arrays(), setup(0.1), heard);
        references.of(ScriptPlan.of(script), arrays(), setup(0.1), heard);

        assertThat(heard.trained).hasSize(2);
        assertThat(cache()).doesNotExist();
    }

    @Test
    void aReferenceThatDivergesIsLeftOutWithAWarning() throws IOException {
        Heard heard = new Heard();

        ReferenceAccuracies references = references()
                .of(ScriptPlan.of(script(SCRIPT, "report.references=[joint]")), arrays(), setup(1e30), heard);

        assertThat(references.isEmpty()).isTrue();
        assertThat(heard.warnings).hasSize(1).first().asString().startsWith("reference joint diverged");
        assertThat(cache()).doesNotExist();
    }

    @Test
    void binaryUnitsHaveNoReferences() throws IOException {
        TaskSequenceScript script =
                script(SCRIPT, "network.units=binary", "strategy=gates", "split={classes_per_task: 10}");

        assertThatThrownBy(() -> Experiment.of(script))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("mine.yaml:7: report.references: does not work where network.units is binary");
    }
}
