package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.result.TrainingListener;
import sluice.tasks.InputException;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.source.DataPlace;

class ComparisonTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 40, test_size: 20}
            split: {groups: [[0, 1]]}
            network: {hidden: [8]}
            strategy: fine-tuning
            compare:
              variants:
              - name: endless
                set: {training.iterations: 100000000}
              - name: diverging
                set: {training: {iterations: 20, optimizer: sgd, learning_rate: 1e30}}
            """;

    @TempDir
    private Path folder;

    private Comparison comparison(String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), SCRIPT);
        return Comparison.of((ComparisonScript) ScriptReader.named(file.toString(), List.of(options)));
    }

    @Test
    void figuresAreInTheOrderOfTheScriptWhateverTheOrderOfTheEnds() throws IOException {
        try (ComparisonFolder results = ComparisonFolder.claim(folder.resolve("out"), false)) {
            results.add(2, new ComparedRun.Failed("c", 1, "it had to"));
            results.add(0, new ComparedRun.Failed("a", 1, "it had to"));

            assertThat(Files.readAllLines(results.figures()))
                    .extracting(line -> line.substring(0, 1))
                    .containsExactly("v", "a", "c");
            assertThat(results.metrics()).hasContent("strategy,seed,metric,value");
        }
    }

    @Test
    void whatCannotBeWrittenStopsTheRunsThatStillGo() throws IOException {
        Comparison comparison = comparison("threads=2");
        ComparisonListener refusing = new ComparisonListener() {
            @Override
            public TrainingListener runStarted(PlannedRun run) {
                return TrainingListener.SILENT;
            }

            @Override
            public void runEnded(ComparedRun run) {
                throw new InputException("no room left after " + run.variant());
            }
        };

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> run(comparison, refusing))
                .withMessage("no room left after diverging");
    }

    private List<ComparedRun> run(Comparison comparison, ComparisonListener listener) {
        try (ComparisonFolder results = ComparisonFolder.claim(folder.resolve("out"), false)) {
            return comparison.run(new DataPlace.Given(folder, "--data"), results, listener);
        }
    }

    @Test
    void aRunThatFindsNoMemoryFailsAloneAndIsToldThatFewerAtOnceNeedLess() throws IOException {
        ComparisonListener greedy = new ComparisonListener() {
            @Override
            public TrainingListener runStarted(PlannedRun run) {
                if (run.variant().equals("endless")) {
                    throw new OutOfMemoryError("Java heap space");
                }
                return TrainingListener.SILENT;
            }

            @Override
            public void runEnded(ComparedRun run) {}
        };

        List<ComparedRun> runs = run(comparison("threads=2"), greedy);

        assertThat(runs)
                .extracting(run -> ((ComparedRun.Failed) run).reason())
                .satisfiesExactly(
                        full -> assertThat(full).startsWith("not enough memory").endsWith("with --threads"),
                        diverged -> assertThat(diverged).startsWith("the loss of task 0-1 became"));
    }

    @Test
    void asManyRunsGoAtOnceAsThereAreThreadsAndWhatIsLeftIsSharedOutEvenly() throws IOException {
        assertThat(comparison("threads=1").atOnce()).isEqualTo(1);
        assertThat(comparison("threads=2").runs()).allMatch(run -> run.plan().threads() == 1);
        assertThat(comparison("threads=7").atOnce()).isEqualTo(2);
        assertThat(comparison("threads=7").runs()).allMatch(run -> run.plan().threads() == 3);
    }
}
