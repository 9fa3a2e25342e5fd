package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.Reference;
import sluice.evaluation.ReferenceAccuracies;
import sluice.framework.result.TrainingListener;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

class ReferenceModelsTest {
    private static final ImmutableSet<Reference> BOTH = ImmutableSet.of(Reference.JOINT, Reference.INDEPENDENT);

    @ParameterizedTest
    @EnumSource
    void theJointReferenceIsTheLastRowOfTheJointStrategy(Scenario scenario) {
        TaskSequence sequence = Clouds.sequence(scenario, 3);

        ReferenceAccuracies references = ReferenceModels.of(sequence, Clouds.setup(), BOTH);

        AccuracyMatrix joint = new FineTuning(Curriculum.JOINT)
                .learn(sequence, Clouds.setup(), TrainingListener.SILENT)
                .matrix();
        for (int task = 1; task <= 3; task++) {
            assertThat(references.accuracy(Reference.JOINT, sequence.names().get(task - 1)))
                    .isEqualTo(joint.accuracy(3, task));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theIndependentReferenceOfTheFirstTaskIsANetworkThatNeverSawAnother(Scenario scenario) {
        TaskSequence first = Clouds.sequence(scenario, 1);

        ReferenceAccuracies references = ReferenceModels.of(Clouds.sequence(scenario, 3), Clouds.setup(), BOTH);

        AccuracyMatrix alone = new FineTuning(Curriculum.TASK_BY_TASK)
                .learn(first, Clouds.setup(), TrainingListener.SILENT)
                .matrix();
        assertThat(references.accuracy(Reference.INDEPENDENT, first.names().get(0)))
                .isEqualTo(alone.accuracy(1, 1));
        assertThat(references.cells().row(Reference.INDEPENDENT)).hasSize(3);
    }

    @Test
    void aListenerHearsOfEachReferenceAndAsManyStepsAsItIsPromised() {
        List<String> heard = new ArrayList<>();
        int[] steps = {0};
        TrainingListener listener = new TrainingListener() {
            @Override
            public void referenceStarted(Reference reference, long promised) {
                heard.add(reference.word() + " of " + promised);
                steps[0] = 0;
            }

            @Override
            public void referenceStepDone() {
                steps[0]++;
            }

            @Override
            public void referenceEnded(Reference reference) {
                heard.add(reference.word() + " after " + steps[0]);
            }

            @Override
            public void taskStarted(String task, int position, long ofTask) {
                heard.add(task);
            }
        };

        ReferenceModels.of(Clouds.sequence(Scenario.TASK, 3), Clouds.setup(), BOTH, listener);

        assertThat(heard).hasSize(4);
        assertThat(heard.get(0).replace("of", "after"))
                .startsWith("joint after ")
                .isEqualTo(heard.get(1));
        assertThat(heard.get(2).replace("of", "after"))
                .startsWith("independent after ")
                .isEqualTo(heard.get(3));
    }

    @Test
    void theSameSeedGivesTheSameReferences() {
        TaskSequence sequence = Clouds.sequence(Scenario.CLASS, 3);

        assertThat(ReferenceModels.of(sequence, Clouds.setup(), BOTH))
                .isEqualTo(ReferenceModels.of(sequence, Clouds.setup(), BOTH));
    }

    @Test
    void nothingIsTrainedWhereNoReferenceIsAskedFor() {
        assertThat(ReferenceModels.of(Clouds.sequence(Scenario.TASK, 3), Clouds.setup(), ImmutableSet.of())
                        .isEmpty())
                .isTrue();
    }

    @Test
    void theUntrainedReferenceIsRefused() {
        assertThatThrownBy(() -> ReferenceModels.of(
                        Clouds.sequence(Scenario.TASK, 3), Clouds.setup(), ImmutableSet.of(Reference.UNTRAINED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reference untrained needs no training: it is row 0 of the accuracy matrix");
    }
}
