package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import sluice.framework.optimizer.EveryOptimizer;
import sluice.framework.optimizer.Optimizer;

class PackNetRetentionTest {
    @Provide
    Arbitrary<Optimizer> optimizers() {
        return Arbitraries.of(0.0, 0.01).flatMap(decay -> Arbitraries.of(EveryOptimizer.with(decay)));
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE)
    void whatATaskKeepsAndSaysNeverChangesByOneBit(
            @ForAll long seed,
            @ForAll("optimizers") Optimizer optimizer,
            @ForAll @DoubleRange(min = 0.05, max = 0.95) double pruned,
            @ForAll @DoubleRange(min = 0, max = 0.9) double retraining) {
        try (SteppedTraining stepped = new SteppedTraining(new PackNet(pruned, retraining), optimizer, seed)) {
            List<List<Integer>> said = new ArrayList<>();
            List<int[]> kept = new ArrayList<>();
            List<float[]> parameters = new ArrayList<>();

            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                stepped.learn(task);
                said.add(stepped.bits(task));
                kept.add(stepped.inUse(0));
                parameters.add(stepped.parameters());
            }

            for (int task = 0; task < SteppedTraining.TASKS; task++) {
                assertThat(stepped.bits(task)).isEqualTo(said.get(task));
                for (int i : kept.get(task)) {
                    assertThat(stepped.parameters()[i]).isEqualTo(parameters.get(task)[i]);
                }
            }
        }
    }
}
