package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sluice.evaluation.AccuracyMatrix;
import sluice.framework.generator.ReplayForm;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Normalisation;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

/** Drawn digits, class-incremental, one task with a single class; from end to end. */
@Tag("slow")
class GatedReplayTest {
    private static final DataSet DATA = Digits.draw(1500, 500, 1);
    private static final ClassSplit CLASSES = ClassSplit.of(List.of(List.of(0, 1), List.of(2), List.of(3, 4)));
    private static final GatedReplay GATED = new GatedReplay(new ReplayForm(60, 8, 6, 200, 0.005), 5);

    private static StrategyResult learn(PlainStrategy strategy) {
        TaskSequence sequence =
                TaskSequence.split(DATA, Normalisation.UNIT_PIXELS, CLASSES).withScenario(Scenario.CLASS);
        ImmutableList<LayerShape> layers = ImmutableList.of(new FullyConnected(40));
        Setup setup = new Setup(layers, new TrainingSettings(8, 32, Optimizer.adam(0.003), 10), 1, 1);
        return (StrategyResult) strategy.learn(sequence, setup, TrainingListener.SILENT);
    }

    private static double accuracy(AccuracyMatrix matrix, int task) {
        return matrix.cell(3, task).orElseThrow().accuracy();
    }

    @Test
    void generatedExamplesKeepEarlierTasksAndTheSameSeedGivesTheSameResult() {
        StrategyResult result = learn(GATED);

        AccuracyMatrix lost = learn(new FineTuning(Curriculum.TASK_BY_TASK)).matrix();
        assertThat(accuracy(lost, 1)).isLessThan(0.2);
        for (int task = 1; task <= 3; task++) {
            assertThat(accuracy(result.matrix(), task)).isGreaterThan(0.7);
        }
        assertThat(learn(GATED).matrix()).isEqualTo(result.matrix());
    }

    @Test
    void oneGeneratorIsKeptWhateverTheNumberOfTasks() {
        long hidden = 60;
        long latents = 8 * 6;
        long upper = 4 * 6;
        long inputs = 784 + (784 + 2) + latents + upper + 2 + (2 + latents);
        long shared = Float.BYTES * (hidden * inputs + 6 * hidden);
        long wholeHeads = Float.BYTES * (hidden + 1) * (2 + 2 * latents + 2 * upper + 784);
        long beside = Float.BYTES * (784 + 2) + 6 * 8;

        long kept = learn(GATED).memoryBytes();

        assertThat(kept).isGreaterThan(shared).isLessThanOrEqualTo(shared + 2 * (wholeHeads + beside));
    }

    @Test
    void scriptsNameItsParameters() {
        Strategies.Entry entry = Strategies.BY_NAME.get("gated-replay");
        Strategies.Conditions conditions = new Strategies.Conditions(Scenario.CLASS, 5);

        assertThat(entry.with(Map.of("sparsity", 3.0, "hidden", 50.0, "iterations", 7.0), conditions))
                .isEqualTo(new GatedReplay(new ReplayForm(50, 20, 10, 7, 0.003), 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> entry.with(Map.of("sparsity", -1.0), conditions))
                .withMessage("sparsity must be at least 0 and finite, got -1.0");
    }
}
