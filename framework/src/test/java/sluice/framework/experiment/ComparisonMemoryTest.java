package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.result.DivergedException;
import sluice.framework.result.TrainingListener;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.source.DataPlace;

/** What a run takes outside the heap, 6 MB here and more, is given back when it ends. */
@Tag("slow")
class ComparisonMemoryTest {
    private static final Path STATUS = Path.of("/proc/self/statm");
    private static final int PAGE = 4096;
    private static final int WARM = 6;
    private static final int RUNS = 22;
    private static final long MOST = 48L << 20;
    private static final String SEEDS =
            IntStream.rangeClosed(1, RUNS).boxed().toList().toString();

    private static final String SCRIPT = """
            data: {set: digits, train_size: 20, test_size: 20}
            split: {groups: [[0, 1], [2, 3]]}
            network: {hidden: [600, 600]}
            training: {iterations: 2}
            gates: {sparsity: 0}
            threads: 1
            %s
            compare:
              seeds: %s
              variants: [{name: a, set: {}}]
            """;

    @TempDir
    private Path folder;

    @Test
    void finishedRunsGiveTheirMemoryBack() throws IOException {
        assertThat(growth("", TrainingListener.SILENT)).isLessThan(MOST);
    }

    @Test
    void finishedRunsWithSubnetworksBesideADiscriminantGiveTheirMemoryBack() throws IOException {
        String classes = "scenario: class\ninference: {features: 100, subnetworks: 0.5}";

        assertThat(growth(classes, TrainingListener.SILENT)).isLessThan(MOST);
    }

    @Test
    void failedRunsGiveTheirMemoryBack() throws IOException {
        TrainingListener diverging = new TrainingListener() {
            @Override
            public void rowEvaluated(AccuracyMatrix matrix, int afterTask) {
                if (afterTask == 2) {
                    throw new DivergedException("2-3", 1, 1, Double.NaN);
                }
            }
        };

        assertThat(growth("", diverging)).isLessThan(MOST);
    }

    /** By how much more memory is resident, the heap apart, after the last runs than after the first ones. */
    private long growth(String more, TrainingListener listener) throws IOException {
        assumeTrue(Files.isReadable(STATUS), "resident memory is read from /proc");
        Path file = Files.writeString(folder.resolve("mine.yaml"), SCRIPT.formatted(more, SEEDS));
        Comparison comparison = Comparison.of((ComparisonScript) ScriptReader.named(file.toString(), List.of()));
        AfterRuns afterRuns = new AfterRuns(listener);

        try (ComparisonFolder results = ComparisonFolder.claim(folder.resolve("out"), false)) {
            comparison.run(new DataPlace.Given(folder, "--data"), results, afterRuns);
        }

        assertThat(afterRuns.ended).isEqualTo(RUNS);
        return outsideHeap() - afterRuns.warm;
    }

    private static final class AfterRuns implements ComparisonListener {
        private final TrainingListener listener;
        private int ended;
        private long warm;

        AfterRuns(TrainingListener listener) {
            this.listener = listener;
        }

        @Override
        public TrainingListener runStarted(PlannedRun run) {
            return listener;
        }

        @Override
        public void runEnded(ComparedRun run) {
            ended++;
            if (ended == WARM) {
                warm = outsideHeap();
            }
        }
    }

    private static long outsideHeap() {
        try {
            String resident = Files.readString(STATUS).replaceFirst("^\\d+ (\\d+) .*\\s*", "$1");
            return Long.parseLong(resident) * PAGE - Runtime.getRuntime().totalMemory();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
