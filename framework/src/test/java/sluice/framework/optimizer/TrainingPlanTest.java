package sluice.framework.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import sluice.gating.Progress;

class TrainingPlanTest {
    @Property(tries = 300)
    void iterationsAreExactlySoManySteps(
            @ForAll @IntRange(min = 1, max = 500) int iterations, @ForAll @IntRange(min = 1, max = 60) int perEpoch) {
        TrainingPlan plan = TrainingPlan.of(new TrainingDuration.Iterations(iterations), perEpoch);
        List<Progress> all = new ArrayList<>();

        for (int epoch = 0; epoch < plan.epochs(); epoch++) {
            all.addAll(List.of(plan.progress(epoch)));
            assertThat(plan.last(epoch)).isEqualTo(all.get(all.size() - 1));
        }

        assertThat(plan.epochs()).isEqualTo((iterations + perEpoch - 1) / perEpoch);
        assertThat(plan.steps()).isEqualTo(iterations);
        assertThat(all).hasSize(iterations);
        assertThat(all.get(0).ofTask()).isZero();
        assertThat(iterations == 1 ? 1 : all.get(iterations - 1).ofTask()).isEqualTo(1);
    }

    @Property(tries = 100)
    void iterationsOfWholeEpochsAreThoseEpochs(
            @ForAll @IntRange(min = 1, max = 20) int epochs, @ForAll @IntRange(min = 1, max = 60) int perEpoch) {
        assertThat(TrainingPlan.of(new TrainingDuration.Iterations(epochs * perEpoch), perEpoch))
                .isEqualTo(TrainingPlan.of(new TrainingDuration.Epochs(epochs), perEpoch));
    }

    @Property(tries = 100)
    void theLargestCountDoesNotOverflow(@ForAll @IntRange(min = 1) int perEpoch) {
        TrainingPlan plan = TrainingPlan.of(new TrainingDuration.Iterations(Integer.MAX_VALUE), perEpoch);

        assertThat(plan.steps()).isEqualTo(Integer.MAX_VALUE);
        assertThat(plan.lastSteps()).isBetween(1, perEpoch);
    }
}
