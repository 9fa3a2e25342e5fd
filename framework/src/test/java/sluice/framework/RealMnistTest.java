package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sluice.evaluation.ForgettingMetric;
import sluice.evaluation.MetricValue;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.TrainingSettings;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Normalisation;
import sluice.tasks.TaskSequence;
import sluice.tasks.source.DataPlace;
import sluice.tasks.source.DataSets;

@Tag("slow")
class RealMnistTest {
    @Test
    void oneEpochOfSplitMnistLearnsAndForgetsNothing() {
        String folder = System.getenv("SLUICE_DATA");
        boolean there = folder != null && Files.isDirectory(Path.of(folder, "mnist"));
        if (!there) {
            // the test runner does not print why a test is skipped
            System.out.println("RealMnistTest is skipped: SLUICE_DATA names no folder that has mnist/");
        }
        assumeTrue(there);
        DataSet mnist = DataSets.load("mnist", new DataPlace.Given(Path.of(folder), "SLUICE_DATA"));
        TaskSequence sequence = TaskSequence.split(mnist, Normalisation.UNIT_PIXELS, ClassSplit.consecutive(mnist, 2));
        GatedNetwork network = GatedNetwork.create(784, List.of(400, 400), sequence.normalisation(), 1);

        ContinualResult result = new ContinualTrainer(GateSettings.DEFAULT, TrainingSettings.DEFAULT.withEpochs(1))
                .train(network, sequence);

        assertThat(((MetricValue.Defined) ForgettingMetric.ACC.of(result.matrix())).value())
                .isGreaterThan(0.985);
        assertThat(ForgettingMetric.BWT.of(result.matrix())).isEqualTo(MetricValue.of(0));
        assertThat(result.multiplyAdds()).isLessThan(result.denseMultiplyAdds());
    }
}
