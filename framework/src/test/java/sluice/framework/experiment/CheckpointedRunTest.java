package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.evaluation.AccuracyCsv;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.internal.state.Snapshot;
import sluice.framework.result.DivergedException;
import sluice.framework.result.ForwardingListener;
import sluice.framework.result.TrainingListener;
import sluice.tasks.InputException;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;
import sluice.tasks.source.DataPlace;

/** Runs that are stopped, and go on from the checkpoints in their folder. */
class CheckpointedRunTest {
    private static final int STOPPED_AT = 70;
    private static final String SCRIPT = """
            data: {set: digits, train_size: 200, test_size: 40}
            split: {groups: [[0, 1], [2, 3]]}
            network: {hidden: [8]}
            training: {iterations: 50, batch_size: 8}
            threads: 1
            """;
    private static final String COMPARISON = SCRIPT + """
            compare:
              variants:
              - name: gated
                set: {strategy: gates}
              - name: plain
                set: {strategy: fine-tuning}
            """;

    private static final String GENERATOR = """
            data: {set: digits, train_size: 200, test_size: 40, normalisation: unit}
            generator: {latents: [8], validation: 40, evaluate: {samples: 5}}
            training: {iterations: 80, batch_size: 16}
            threads: 1
            """;

    @TempDir
    private Path folder;

    private Path whole;
    private Path out;

    /** Counts steps, and keeps what a user would be told. */
    private static final class Steps implements TrainingListener, BooleanSupplier {
        private final int stopAt;
        private final List<String> told = new ArrayList<>();
        private int done;

        Steps(int stopAt) {
            this.stopAt = stopAt;
        }

        @Override
        public void stepDone(int epoch, double loss, double accuracy) {
            done++;
        }

        @Override
        public void warning(String line) {
            told.add(line);
        }

        @Override
        public void resumed(String place, long steps) {
            told.add("resumed " + place);
        }

        @Override
        public boolean getAsBoolean() {
            return done >= stopAt;
        }
    }

    @BeforeEach
    void name() {
        whole = folder.resolve("whole");
        out = folder.resolve("out");
    }

    private Steps run(Path to, int stopAt, boolean overwrite, boolean otherThreads, String... options)
            throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), SCRIPT);
        Experiment experiment =
                Experiment.of((TaskSequenceScript) ScriptReader.named(file.toString(), List.of(options)));
        Steps steps = new Steps(stopAt);
        try (RunFolder place = RunFolder.claim(to, overwrite)) {
            place.fill(experiment.run(
                    new DataPlace.Given(folder, "--data"), steps, steps, place.checkpoints(otherThreads)));
        } catch (RunStoppedException stopped) {
            steps.told.add("stopped");
        }
        return steps;
    }

    private Steps run(Path to, int stopAt, String... options) throws IOException {
        return run(to, stopAt, false, false, options);
    }

    private void sameAsUndisturbed() throws IOException {
        assertThat(out.resolve("accuracy-matrix.csv")).hasSameBinaryContentAs(whole.resolve("accuracy-matrix.csv"));
        assertThat(out.resolve("model.sluice")).hasSameBinaryContentAs(whole.resolve("model.sluice"));
    }

    private static long checkpoints(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("checkpoint-"))
                    .count();
        }
    }

    @Test
    void aRunThatWasStoppedGoesOnToTheSameBytesAndLeavesNoCheckpoint() throws IOException {
        run(whole, Integer.MAX_VALUE);

        assertThat(run(out, STOPPED_AT).told).containsExactly("stopped");
        assertThat(checkpoints(out)).isPositive();
        assertThat(run(out, Integer.MAX_VALUE).told).anyMatch(line -> line.startsWith("resumed task 2 (2-3)"));

        sameAsUndisturbed();
        assertThat(checkpoints(out)).isZero();
        assertThat(out.resolve("run.json"))
                .content()
                .contains("the run was interrupted, and went on from task 2 (2-3)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "{share: 0.5}"})
    void aRunWhoseNetworkLearnedTasksBeforeGoesOnToo(String growth) throws IOException {
        String[] first = {"split.groups=[[4, 5], [6, 7]]", "network.growth=" + growth};
        run(folder.resolve("first"), Integer.MAX_VALUE, first);
        String[] second = {"network.from=" + folder.resolve("first"), "network.growth=" + growth};
        run(whole, Integer.MAX_VALUE, second);

        run(out, STOPPED_AT, second);
        assertThat(run(out, Integer.MAX_VALUE, second).told).anyMatch(line -> line.startsWith("resumed task 2 (2-3)"));

        sameAsUndisturbed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gates", "er"})
    void predictionsAreTheSameBytesWhereverARunWasStopped(String strategy) throws IOException {
        String[] options = {"report.predictions=true", "strategy=" + strategy};
        run(whole, Integer.MAX_VALUE, options);

        run(out, STOPPED_AT, options);
        assertThat(out.resolve("predictions.csv.gz")).doesNotExist();
        assertThat(run(out, Integer.MAX_VALUE, options).told).anyMatch(line -> line.startsWith("resumed task 2 (2-3)"));

        assertThat(out.resolve("predictions.csv.gz")).hasSameBinaryContentAs(whole.resolve("predictions.csv.gz"));
    }

    @Test
    void aRunThatIsStoppedKeepsTheRowsOfTheRunBefore() throws IOException {
        run(folder.resolve("first"), Integer.MAX_VALUE, "split.groups=[[4, 5], [6, 7]]");
        String from = "network.from=" + folder.resolve("first");
        run(whole, Integer.MAX_VALUE, from);
        stop(from);

        assertThat(matrix(out).tasks()).containsExactly("4-5", "6-7", "0-1");
        for (int row = 0; row <= 3; row++) {
            for (int task = 1; task <= 3; task++) {
                assertThat(matrix(out).cell(row, task)).isEqualTo(matrix(whole).cell(row, task));
            }
        }
    }

    @Test
    void aRunThatIsStoppedTellsHowTasksDidBetweenSteps() throws IOException {
        stop("report.continual={every: 10}");

        assertThat(out.resolve("continual-evaluation.csv")).content().contains(",0-1,");
    }

    /** As the command line does, which keeps what was learned. */
    private void stop(String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), SCRIPT);
        Experiment experiment =
                Experiment.of((TaskSequenceScript) ScriptReader.named(file.toString(), List.of(options)));
        Steps steps = new Steps(STOPPED_AT);
        try (RunFolder place = RunFolder.claim(out, false)) {
            assertThatExceptionOfType(RunStoppedException.class)
                    .isThrownBy(() -> experiment.run(
                            new DataPlace.Given(folder, "--data"), steps, steps, place.checkpoints(false)))
                    .satisfies(stopped -> place.keep(experiment.plan(), stopped));
        }
    }

    private static AccuracyMatrix matrix(Path run) throws IOException {
        try (Reader in = Files.newBufferedReader(run.resolve("accuracy-matrix.csv"))) {
            return AccuracyCsv.read(in, run.toString()).get(0);
        }
    }

    @Test
    void aCheckpointOfOtherSettingsIsRefusedWithWhatDiffersAndStays() throws IOException {
        run(out, STOPPED_AT);
        long kept = checkpoints(out);

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> run(out, Integer.MAX_VALUE, "network.hidden=[9]"))
                .withMessageContaining("hidden")
                .withMessageEndingWith("add --overwrite to start anew, or name another folder with --out");
        assertThat(checkpoints(out)).isEqualTo(kept);
    }

    @Test
    void whoOverwritesStartsAnewWithOtherSettings() throws IOException {
        run(out, STOPPED_AT);

        assertThat(run(out, Integer.MAX_VALUE, true, false, "network.hidden=[9]").told)
                .isEmpty();
    }

    @Test
    void whatIsOverwrittenIsNotGoneOnFromLater() throws IOException {
        run(out, STOPPED_AT);
        run(out, 3, true, false, "network.hidden=[9]");

        assertThat(checkpoints(out)).isOne();
        assertThat(run(out, Integer.MAX_VALUE, "network.hidden=[9]").told)
                .anyMatch(line -> line.startsWith("resumed task 1 (0-1)"));
    }

    @Test
    void aRunThatGoesOnFromNoneDeletesNoneUnasked() throws IOException {
        run(out, STOPPED_AT);
        long kept = checkpoints(out);

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> run(out, 5, "checkpoint.every=none", "training.iterations=5"))
                .withMessageContaining("holds a checkpoint")
                .withMessageContaining("add --overwrite to start anew");
        assertThat(checkpoints(out)).isEqualTo(kept);

        run(out, 5, true, false, "checkpoint.every=none", "training.iterations=5");
        assertThat(checkpoints(out)).isZero();
    }

    @Test
    void aComparisonWithoutCheckpointsDeletesNoneUnasked() throws IOException {
        compare(out, new Steps(STOPPED_AT));

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> compare(out, new Steps(Integer.MAX_VALUE), "checkpoint.every=none"))
                .withMessageContaining("holds a checkpoint, and this run goes on from none");
        assertThat(out.resolve("checkpoints/gated-seed1")).isNotEmptyDirectory();
    }

    @Test
    void stateThatDoesNotFitIsRefusedUnlessOverwritten() throws IOException {
        run(whole, Integer.MAX_VALUE);
        run(out, STOPPED_AT);
        for (Path file : List.of(out.resolve("checkpoint-1.sluice"), out.resolve("checkpoint-2.sluice"))) {
            if (Files.exists(file)) {
                Checkpoint taken = Checkpoint.load(file);
                new Checkpoint(
                                taken.notes(),
                                new Snapshot(ImmutableMap.copyOf(
                                        Maps.filterKeys(taken.snapshot().entries(), key -> !key.startsWith("task.")))))
                        .save(file);
            }
        }

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> run(out, Integer.MAX_VALUE))
                .withMessageContaining("cannot be gone on from (")
                .withMessageEndingWith("is missing): add --overwrite to start anew");
        assertThat(checkpoints(out)).isPositive();
        run(out, Integer.MAX_VALUE, true, false);
        sameAsUndisturbed();
    }

    @Test
    void aRunThatDivergesLeavesNoCheckpoint() throws IOException {
        String[] diverging = {"training.learning_rate=1e12", "training.optimizer=sgd"};
        run(out, 1, diverging);
        assertThat(checkpoints(out)).isPositive();

        assertThatExceptionOfType(DivergedException.class).isThrownBy(() -> run(out, Integer.MAX_VALUE, diverging));
        assertThat(out).doesNotExist();
    }

    @Test
    void otherThreadsAreRefusedUnlessAllowed() throws IOException {
        run(out, STOPPED_AT);

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> run(out, Integer.MAX_VALUE, "threads=2"))
                .withMessageContaining("another number of threads (1, now 2; --allow-other-threads");
        assertThat(run(out, Integer.MAX_VALUE, false, true, "threads=2").told)
                .anyMatch(line -> line.startsWith("the checkpoint is of another number of threads"))
                .anyMatch(line -> line.startsWith("resumed"));
        assertThat(out.resolve("run.json")).content().contains("the checkpoint is of another number of threads");
    }

    @Test
    void aDamagedCheckpointIsPassedOverForTheOneBefore() throws IOException {
        run(whole, Integer.MAX_VALUE);
        run(out, 60);
        run(out, 10);
        Path newest = newest();
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);

        assertThat(run(out, Integer.MAX_VALUE).told)
                .anyMatch(line -> line.startsWith(newest + " is a damaged checkpoint"))
                .anyMatch(line -> line.startsWith("resumed"));
        sameAsUndisturbed();
    }

    private Path newest() throws IOException {
        Path one = out.resolve("checkpoint-1.sluice");
        Path two = out.resolve("checkpoint-2.sluice");
        return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(two)) > 0 ? one : two;
    }

    @Test
    void withoutCheckpointsNothingIsKept() throws IOException {
        run(out, STOPPED_AT, "checkpoint.every=none");

        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"generative-replay", "gated-replay", "joint", "icarl", "packnet", "hat"})
    void anyStrategyEndsAtTheStepAtWhichItIsStopped(String strategy) throws IOException {
        Steps steps = run(out, 20, "strategy=" + strategy, "scenario=" + (strategy.startsWith("g") ? "class" : "task"));

        assertThat(steps.told).contains("stopped");
        assertThat(steps.done).isLessThan(25);
    }

    /** As where the disk is full: a folder stands in the place of the file, so that it cannot be put there. */
    @Test
    void aRunWhoseCheckpointsCannotBeWrittenGoesOnAndWarnsOnce() throws IOException {
        Path script = Files.writeString(folder.resolve("mine.yaml"), SCRIPT);
        Experiment experiment = Experiment.of(
                (TaskSequenceScript) ScriptReader.named(script.toString(), List.of("checkpoint.every=1s")));
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        Steps steps = new Steps(Integer.MAX_VALUE);
        TrainingListener slow = new ForwardingListener(steps) {
            @Override
            public void stepDone(int epoch, double loss, double accuracy) {
                super.stepDone(epoch, loss, accuracy);
                if (steps.done % 10 == 0) {
                    Uninterruptibles.sleepUninterruptibly(Duration.ofMillis(600));
                }
            }
        };

        Outcome outcome = experiment.run(
                new DataPlace.Given(folder, "--data"),
                slow,
                steps,
                new CheckpointFolder(file.resolve("below"), false, false));

        assertThat(outcome.training().matrix().cell(2, 2)).isPresent();
        assertThat(steps.told)
                .singleElement()
                .asString()
                .startsWith("a checkpoint cannot be written (")
                .endsWith("the run goes on, and the last good one is kept");
    }

    private Steps generate(Path to, int stopAt, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("generator.yaml"), GENERATOR);
        GeneratorExperiment experiment =
                GeneratorExperiment.of((TaskSequenceScript) ScriptReader.named(file.toString(), List.of(options)));
        Steps steps = new Steps(stopAt);
        try (RunFolder place = RunFolder.claim(to, false)) {
            place.fill(
                    experiment.run(new DataPlace.Given(folder, "--data"), steps, steps, place.checkpoints(false)),
                    List.of(),
                    (report, beside) -> List.of());
        } catch (RunStoppedException stopped) {
            steps.told.add("stopped");
        }
        return steps;
    }

    @Test
    void aNetworkThatGeneratesGoesOnToTheSameBytes() throws IOException {
        generate(whole, Integer.MAX_VALUE);

        assertThat(generate(out, 30).told).endsWith("stopped");
        assertThat(checkpoints(out)).isPositive();
        assertThat(generate(out, Integer.MAX_VALUE).told).anyMatch(line -> line.startsWith("resumed task 1 (digits)"));

        for (String file : List.of("model.sluice", "bounds.csv", "bounds-test.csv", "latents.csv")) {
            assertThat(out.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        assertThat(checkpoints(out)).isZero();
        assertThat(out.resolve("run.json"))
                .content()
                .contains("the run was interrupted, and went on from task 1 (digits)");
    }

    @Test
    void aNetworkThatGeneratesRefusesACheckpointOfOtherSettings() throws IOException {
        generate(out, 30);

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> generate(out, 30, "generator.latents=[9]"))
                .withMessageContaining("other settings (generator.latents)");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> generate(out, 30, "checkpoint.every=none"))
                .withMessageContaining("this run goes on from none");
        assertThat(checkpoints(out)).isPositive();
    }

    private List<ComparedRun> compare(Path to, Steps steps, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("compared.yaml"), COMPARISON);
        Comparison comparison = Comparison.of((ComparisonScript) ScriptReader.named(file.toString(), List.of(options)));
        ComparisonListener listener = new ComparisonListener() {
            @Override
            public TrainingListener runStarted(PlannedRun run) {
                return steps;
            }

            @Override
            public void runEnded(ComparedRun run) {
                steps.told.add("ended");
            }
        };
        try (ComparisonFolder place = ComparisonFolder.claim(to, false)) {
            return comparison.run(new DataPlace.Given(folder, "--data"), place, listener, steps);
        } catch (RunStoppedException stopped) {
            steps.told.add("stopped");
            return List.of();
        }
    }

    @Test
    void runsOfAComparisonGoOnInsideATask() throws IOException {
        compare(whole, new Steps(Integer.MAX_VALUE));
        Steps stopped = new Steps(STOPPED_AT);
        Steps resumed = new Steps(Integer.MAX_VALUE);

        compare(out, stopped);
        assertThat(stopped.told).containsExactly("stopped");
        assertThat(out.resolve("checkpoints/gated-seed1")).isNotEmptyDirectory();
        compare(out, resumed);

        assertThat(resumed.told).hasSize(3).first().asString().startsWith("resumed task 2 (2-3)");
        assertThat(out.resolve("checkpoints")).doesNotExist();
        for (String run : List.of("gated-seed1", "plain-seed1")) {
            assertThat(out.resolve(run).resolve("accuracy-matrix.csv"))
                    .hasSameBinaryContentAs(whole.resolve(run).resolve("accuracy-matrix.csv"));
        }
        assertThat(out.resolve("gated-seed1/model.sluice"))
                .hasSameBinaryContentAs(whole.resolve("gated-seed1/model.sluice"));
    }

    @Test
    void aComparisonRefusesCheckpointsOfOtherSettingsBeforeItsFirstRun() throws IOException {
        compare(out, new Steps(STOPPED_AT));
        Steps steps = new Steps(Integer.MAX_VALUE);

        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> compare(out, steps, "network.hidden=[9]"))
                .withMessageContaining("hidden");
        assertThat(steps.done).isZero();
        assertThat(out.resolve("checkpoints/gated-seed1")).isNotEmptyDirectory();
    }

    @Test
    void aComparisonThatIsStoppedAtOnceLeavesNoEmptyFolder() throws IOException {
        compare(out, new Steps(0), "checkpoint.every=none");

        assertThat(out).doesNotExist();
    }

    @Test
    void aFolderOfTheUsersOwnStaysThoughNothingCameOfAComparison() throws IOException {
        Files.createDirectory(out);
        compare(out, new Steps(0), "checkpoint.every=none");

        assertThat(out).isEmptyDirectory();
    }
}
