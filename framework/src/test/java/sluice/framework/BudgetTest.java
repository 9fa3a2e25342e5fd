package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sluice.framework.account.BudgetKept;
import sluice.framework.account.CapacityLedger;
import sluice.framework.account.LayerCapacity;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.Reuse;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TaskSummary;
import sluice.gating.GradientEstimator;
import sluice.gating.Granularity;
import sluice.gating.OpenBudget;
import sluice.gating.StraightThrough;
import sluice.tasks.TaskSequence;

/** A budget is a constraint: met in training by a multiplier, and never exceeded once a task is consolidated. */
@Tag("slow")
@net.jqwik.api.Tag("slow")
class BudgetTest {
    private static final List<Integer> HIDDEN = List.of(13, 11);

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void noTaskHasMoreUnitsOpenThanItsBudgetAllows(
            @ForAll long seed,
            @ForAll(supplier = EveryEstimator.class) GradientEstimator estimator,
            @ForAll Granularity granularity,
            @ForAll @DoubleRange(min = 0.1, max = 1) double share) {
        GateSettings settings = EveryEstimator.served(
                GateSettings.DEFAULT.withEstimator(estimator).withGranularity(granularity), estimator);
        GateSettings gates = settings.groups() == 1 ? settings.withBudget(new OpenBudget(share)) : settings;
        TaskSequence sequence = SmallTasks.sequence(2, seed);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, HIDDEN, sequence.normalisation(), seed);

        ContinualResult result =
                new ContinualTrainer(gates, TrainingSettings.DEFAULT.withEpochs(1)).train(network, sequence);

        for (TaskSummary task : result.tasks()) {
            for (int l = 0; l < HIDDEN.size(); l++) {
                if (gates.budget().limits()) {
                    BudgetKept kept = task.capacity().get(l).budget().orElseThrow();
                    assertThat(task.openUnits().get(l)).isLessThanOrEqualTo((int) (share * HIDDEN.get(l) + 1e-9));
                    assertThat(task.openUnits().get(l)).isEqualTo(kept.wantedUnits() - kept.closedUnits());
                    assertThat(kept.expectedShare()).isBetween(0.0, 1.0);
                }
            }
        }
    }

    @Test
    void theMultiplierHoldsTheExpectedShareToTheBudget() {
        TaskSequence sequence = SmallTasks.sequence(1, 5);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(40, 40), sequence.normalisation(), 1);
        GateSettings gates = GateSettings.DEFAULT
                .withEstimator(StraightThrough.DERIVATIVE)
                .withSparsity(0)
                .withBudget(new OpenBudget(0.25));

        ContinualResult result =
                new ContinualTrainer(gates, TrainingSettings.DEFAULT.withEpochs(300)).train(network, sequence);

        for (LayerCapacity layer : result.tasks().get(0).capacity()) {
            BudgetKept kept = layer.budget().orElseThrow();
            assertThat(kept.expectedShare()).isBetween(0.15, 0.28);
            assertThat(kept.multiplier()).isPositive();
        }
        assertThat(result.matrix().accuracy(1, 1).text()).startsWith("1.0");
    }

    @Test
    void aBudgetThatLeavesNothingOpenIsRefused() {
        TaskSequence sequence = SmallTasks.sequence(1, 5);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, List.of(5), sequence.normalisation(), 1);
        ContinualTrainer trainer =
                new ContinualTrainer(GateSettings.DEFAULT.withBudget(new OpenBudget(0.1)), TrainingSettings.DEFAULT);

        assertThatThrownBy(() -> trainer.train(network, sequence))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a layer of 5 units has none open with a budget of 0.1: make it wider, or the budget larger");
    }

    @Test
    void aBudgetBesideGroupsIsRefused() {
        assertThatThrownBy(() -> GateSettings.DEFAULT.withGroups(4).withBudget(new OpenBudget(0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("budget of 0.5");
        assertThatThrownBy(() -> GateSettings.DEFAULT.withGroups(4).withReuse(Reuse.FORBIDDEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reuse is forbidden");
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void withoutReuseNoUnitServesTwoTasks(
            @ForAll long seed,
            @ForAll(supplier = EveryEstimator.class) GradientEstimator estimator,
            @ForAll Granularity granularity) {
        GateSettings settings = EveryEstimator.served(
                GateSettings.DEFAULT.withEstimator(estimator).withGranularity(granularity), estimator);
        GateSettings gates = settings.groups() == 1 ? settings.withReuse(Reuse.FORBIDDEN) : settings;
        TaskSequence sequence = SmallTasks.sequence(3, seed);
        GatedNetwork network = GatedNetwork.create(SmallTasks.FEATURES, HIDDEN, sequence.normalisation(), seed);

        ContinualResult result =
                new ContinualTrainer(gates, TrainingSettings.DEFAULT.withEpochs(2)).train(network, sequence);

        if (gates.reuse() == Reuse.FORBIDDEN) {
            assertThat(result.tasks()).allMatch(task -> task.reuse() == 0);
            assertThat(CapacityLedger.overlaps(network.consolidated())).allMatch(overlap -> overlap.jaccard() == 0);
        }
    }
}
