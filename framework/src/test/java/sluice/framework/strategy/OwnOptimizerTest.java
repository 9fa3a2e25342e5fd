package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.gates.GateSettings;
import sluice.framework.layer.Layer;
import sluice.framework.network.GatedNetwork;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.framework.optimizer.TrainingSettings;
import sluice.tasks.TaskSequence;

/** An optimiser of the user's own is the one that trains. */
class OwnOptimizerTest {
    private static final float QUARTER = 0.25f;
    private static final int MOMENTS = 4;

    /** Makes every entry a quarter, and nothing of an entry whose moments did not come with it. */
    private record Quarters() implements Optimizer {
        @Override
        public String name() {
            return "quarters";
        }

        @Override
        public double learningRate() {
            return 1;
        }

        @Override
        public double weightDecay() {
            return 0;
        }

        @Override
        public ParameterUpdate begin() {
            return new ParameterUpdate() {
                @Override
                public void beginStep(long step, double factor) {}

                @Override
                public int moments() {
                    return MOMENTS;
                }

                @Override
                public void move(float[] w, float[][] moments, float[] gradient, int from, int to) {
                    for (int i = from; i < to; i++) {
                        for (int m = 0; m < MOMENTS; m++) {
                            moments[m][i] += 1;
                        }
                        w[i] = moments[0][i] == moments[MOMENTS - 1][i] ? QUARTER : Float.NaN;
                    }
                }
            };
        }
    }

    @Test
    void itMovesTheWeightsOfAGatedNetwork() {
        TaskSequence sequence = SmallTasks.sequence(1, 9);
        GatedNetwork network = network(sequence);

        new ContinualTrainer(GateSettings.DEFAULT, TrainingSettings.DEFAULT.withOptimizer(new Quarters()))
                .train(network, sequence);

        for (int l = 0; l < network.parts().layers().size(); l++) {
            Layer layer = network.parts().layers().get(l);
            float[] weights = layer.weights();
            assertThat(weights).contains(QUARTER);
            float[] untrained = network(sequence).parts().layers().get(l).weights();
            for (int i = 0; i < weights.length; i++) {
                assertThat(weights[i]).isIn(QUARTER, untrained[i]);
            }
        }
    }

    private static GatedNetwork network(TaskSequence sequence) {
        return GatedNetwork.create(sequence.features(), List.of(9, 7), sequence.normalisation(), 1);
    }

    @Test
    void itMovesAllParametersOfAPlainNetwork() {
        FineTuning strategy = new FineTuning(Curriculum.TASK_BY_TASK);
        try (SteppedTraining stepped = new SteppedTraining(strategy, new Quarters(), 1)) {
            stepped.train(0);

            assertThat(stepped.parameters()).containsOnly(QUARTER);
        }
    }
}
