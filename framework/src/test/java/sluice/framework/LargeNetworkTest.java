package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.checkpoint.Checkpoint;
import sluice.framework.checkpoint.Checkpoints;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.loop.TrainingLoop;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.result.TrainingListener;
import sluice.tasks.TaskSequence;

/** A gated network that is too large for checkpoints is trained without, and a warning says so once. */
class LargeNetworkTest {
    private static final TaskSequence SEQUENCE = SmallTasks.sequence(3, 9);
    private static final int UNITS = 8;

    /** As the first task finds them. */
    private static final long BYTES_OF_LAYERS = Float.BYTES * UNITS * (SmallTasks.FEATURES + 1);

    private final List<String> warnings = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();

    /** Trains a network that grows before each task but the first, whose layers may take so many bytes. */
    private void train(long mostKept) {
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(UNITS), SEQUENCE.normalisation(), 1);
        ContinualTrainer trainer = new ContinualTrainer().withGrowth(new Growth.Share(1, 1));
        TrainingListener listener = new TrainingListener() {
            @Override
            public void warning(String message) {
                warnings.add(message);
            }
        };
        try (Lanes lanes = Lanes.start(1)) {
            GatedRun run = new GatedRun(trainer, network, SEQUENCE, lanes, listener, mostKept);
            new TrainingLoop(AccuracyMatrix.empty("gates", 1, SEQUENCE.names()), SEQUENCE, run, listener)
                    .run(new AfterEveryStep());
        }
    }

    private final class AfterEveryStep implements Checkpoints {
        @Override
        public Optional<Checkpoint> start() {
            return Optional.empty();
        }

        @Override
        public boolean due() {
            return true;
        }

        @Override
        public void take(Checkpoint checkpoint) {
            kept.add(checkpoint.notes().get(Checkpoint.TASK));
        }
    }

    private List<String> warningsOfCheckpoints() {
        return warnings.stream().filter(line -> line.contains("checkpoint")).toList();
    }

    @Test
    void oneThatIsTooLargeFromTheFirstTaskOnBeginsAnew() {
        train(BYTES_OF_LAYERS - 1);

        assertThat(kept).isEmpty();
        assertThat(warningsOfCheckpoints())
                .singleElement()
                .asString()
                .contains("from task task 0 on", "a run that is interrupted begins anew");
    }

    @Test
    void oneThatGrowsTooLargeGoesOnFromBefore() {
        train(BYTES_OF_LAYERS);

        assertThat(kept).isNotEmpty().containsOnly("task 0");
        assertThat(warningsOfCheckpoints())
                .singleElement()
                .asString()
                .contains("from task task 1 on", "goes on from its last checkpoint before that task");
    }

    @Test
    void oneThatIsSmallEnoughIsKeptInSilence() {
        train(1 << 20);

        assertThat(kept).contains("task 0", "task 1", "task 2");
        assertThat(warningsOfCheckpoints()).isEmpty();
    }

    @Test
    void nobodyIsToldWhereNobodyAsks() {
        train(0);

        assertThat(kept).isEmpty();
        assertThat(warningsOfCheckpoints()).isEmpty();
    }
}
