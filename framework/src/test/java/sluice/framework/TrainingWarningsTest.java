package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.framework.gates.ConsolidatedTask.GateCount;
import sluice.framework.gates.GateSettings;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.Growth;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.gating.BinaryNeuron;
import sluice.gating.StraightThrough;
import sluice.tasks.TaskSequence;

/** What a training of a gated network warns of when it shows, and that a sound one is silent. */
class TrainingWarningsTest {
    private static final TrainingSettings LONG =
            new TrainingSettings(60, 8, Optimizer.adam(0.01), Double.POSITIVE_INFINITY);
    private static final TrainingSettings SHORT = TrainingSettings.DEFAULT.withEpochs(1);

    private final List<String> warnings = new ArrayList<>();

    private GatedNetwork train(int tasks, GateSettings gates, TrainingSettings training, Growth growth) {
        TaskSequence sequence = SmallTasks.sequence(tasks, 9);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(20, 20), sequence.normalisation(), 1);
        new ContinualTrainer(gates, training, 1).withGrowth(growth).train(network, sequence, new TrainingListener() {
            @Override
            public void warning(String message) {
                warnings.add(message);
            }
        });
        return network;
    }

    @Test
    void gatesThatEndUndecidedAreWarnedOfOnce() {
        train(3, GateSettings.DEFAULT, SHORT, Growth.NONE);

        assertThat(warnings)
                .filteredOn(line -> line.contains("undecided"))
                .containsExactly(
                        "40 of 40 gates of task task 0 end undecided, with an open probability between 0.05 and 0.95, so that chance says which units it keeps: train longer, raise gates.learning_rate or let gates.slope grow (ledger.csv has the gates of every task)");
    }

    @Test
    void gatesThatAreNotDrawnNeedNoDecision() {
        BinaryNeuron threshold =
                new BinaryNeuron(GateSettings.DEFAULT.neuron().activation(), BinaryNeuron.Sampling.DETERMINISTIC);
        train(
                1,
                GateSettings.DEFAULT.withNeuron(threshold).withEstimator(StraightThrough.DERIVATIVE),
                SHORT,
                Growth.NONE);

        assertThat(warnings).noneMatch(line -> line.contains("undecided"));
    }

    @Test
    void aSoundTrainingIsSilent() {
        train(2, GateSettings.DEFAULT, LONG, Growth.AUTO);

        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200, 192, 200, 200, true", "200, 160, 200, 200, true", "200, 159, 200, 200, false", "0, 0, 0, 0, false"
    })
    void gatesAreUndecidedWhereNineInTenOfAllLayersAre(
            int units, int undecided, int otherUnits, int otherUndecided, boolean expected) {
        assertThat(TrainingWarnings.areUndecided(
                        ImmutableList.of(new GateCount(units, undecided), new GateCount(otherUnits, otherUndecided))))
                .isEqualTo(expected);
    }

    @Test
    void aLayerThatGrowsPastReasonIsWarnedOfOnce() {
        GatedNetwork network = train(4, GateSettings.DEFAULT, SHORT, new Growth.Share(4));

        assertThat(network.hidden().get(0)).isGreaterThan(400);
        assertThat(warnings)
                .filteredOn(line -> line.startsWith("hidden layer 1 grows"))
                .singleElement()
                .asString()
                .startsWith(
                        "hidden layer 1 grows from 20 to 100 units for %d inputs and 2 tasks, more than the 80 that they can use"
                                .formatted(SmallTasks.FEATURES));
    }

    @ParameterizedTest
    @CsvSource({
        // growth to 3,126 units for twenty inputs
        "20, 200, 19, 2000",
        "20, 100, 3, 800",
        // the shipped sequences that grow are far below
        "784, 400, 49, 40000",
        "784, 200, 199, 78400",
        "1, 300, 9, 1000"
    })
    void theMostUnitsGoByInputsAndByTasks(int inputs, int created, int learned, long most) {
        assertThat(TrainingWarnings.mostUnits(inputs, created, learned)).isEqualTo(most);
    }
}
