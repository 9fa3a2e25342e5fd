package sluice.framework.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static sluice.framework.generator.GatedTasks.GATES;
import static sluice.framework.generator.GatedTasks.copies;
import static sluice.framework.generator.GatedTasks.generator;
import static sluice.framework.generator.GatedTasks.task;
import static sluice.framework.generator.GatedTasks.trainer;
import static sluice.framework.generator.GatedTasks.training;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.framework.gates.GateSettings;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.Optimizer;
import sluice.gating.Estimators;
import sluice.gating.Progress;

/** The gradient of gated hidden units, and that no optimiser reaches what is frozen. */
class GatedLearningTest {
    private static boolean sameBits(float one, float other) {
        return Float.floatToRawIntBits(one) == Float.floatToRawIntBits(other);
    }

    @ParameterizedTest
    @MethodSource("sluice.framework.generator.GatedTasks#optimisersAndEstimators")
    void frozenEntriesAndTheirMomentsAreNeverWritten(Optimizer optimizer, String estimator) {
        GateSettings gates =
                GATES.withEstimator(Estimators.BY_NAME.get(estimator).estimator());
        GeneratorTrainer trainer = trainer(optimizer);
        GatedGenerator generator = new GatedGenerator(trainer, gates, 5);
        generator.learn("first", task(0));
        List<MapParameters> before = copies(generator);
        GatedLearning second =
                new GatedLearning(generator.stacks(), gates, optimizer.begin().moments(), new RandomStreams(8));

        try (GeneratorTraining training = training(trainer, 1, second)) {
            training.run();
        }

        int moved = 0;
        int at = 0;
        for (int s = 0; s < generator.stacks().size(); s++) {
            SharedStack stack = generator.stacks().get(s);
            for (int layer = 0; layer < stack.hidden().size(); layer++, at++) {
                OpenMap map = second.stacks().get(s).maps().get(layer);
                moved += assertFrozen(map, stack.frozenWeights(layer), before.get(at));
                for (int unit : stack.frozenBiases(layer).stream().toArray()) {
                    assertThat(map.parameters().biases()[unit])
                            .isEqualTo(before.get(at).biases()[unit]);
                }
            }
        }
        assertThat(moved).isPositive();
        assertThat(generator.occupancy()).anyMatch(layer -> layer.used() > 0);
    }

    /** Returns how many weights have moved. */
    private static int assertFrozen(OpenMap map, BitSet[] frozen, MapParameters before) {
        int moved = 0;
        for (int input = 0; input < frozen.length; input++) {
            float[] row = map.parameters().weights()[input];
            for (int unit = 0; unit < row.length; unit++) {
                boolean same = sameBits(row[unit], before.weights()[input][unit]);
                moved += same ? 0 : 1;
                if (frozen[input].get(unit)) {
                    assertThat(same).isTrue();
                    for (float[] moments : map.moments(input)) {
                        assertThat(moments[unit]).isZero();
                    }
                }
            }
        }
        return moved;
    }

    /** The stack at full width, with zeros in and so tanh(0) = 0 out of closed units. */
    private static List<float[]> fullWidth(GatedStack stack) {
        List<float[]> maps = new ArrayList<>();
        for (int m = 0; m < stack.maps().size(); m++) {
            MapParameters map = stack.maps().get(m).parameters();
            int units = map.units();
            float[] all = map.part(SharedStack.all(map.inputs()), SharedStack.all(units), map.inputs(), units);
            if (m < stack.maps().size() - 1) {
                List<Integer> open = Arrays.stream(stack.open(m)).boxed().toList();
                for (int k = 0; k < all.length; k++) {
                    all[k] = open.contains(k % units) ? all[k] : 0;
                }
            }
            maps.add(all);
        }
        return maps;
    }

    private static double loss(GeneratorTrainer trainer, List<float[]> stacks) {
        try (GeneratorTraining training = training(trainer, 1, new AllParts())) {
            return loss(training, stacks);
        }
    }

    private static double loss(GeneratorTraining training, List<float[]> stacks) {
        ImmutableList.Builder<float[]> parameters = ImmutableList.builder();
        training.parts()
                .set(parameters
                        .addAll(stacks)
                        .addAll(training.parts().learnedPriors())
                        .build());
        return loss(training);
    }

    private static double loss(GeneratorTraining training) {
        int examples = training.feed().feed(0, training.pass());
        double loss = training.gradient(examples, Progress.START);
        return loss + training.pass().labelLoss(new Lane(), examples);
    }

    @Test
    void gradientsAreThoseOfTheNetworkWithoutItsClosedUnits() {
        GeneratorTrainer trainer = trainer(Optimizer.adam(0.01));
        GatedGenerator generator = generator(GATES);
        generator.learn("first", task(0));
        GatedLearning learning = new GatedLearning(generator.stacks(), GATES, 2, new RandomStreams(8));
        try (GeneratorTraining gated = training(trainer, 1, learning);
                GeneratorTraining dense = training(trainer, 1, new AllParts())) {
            double loss = loss(gated);
            List<float[]> full = learning.stacks().stream()
                    .flatMap(stack -> fullWidth(stack).stream())
                    .toList();

            assertThat(loss(dense, full)).isCloseTo(loss, within(1e-4));
            int at = 0;
            for (int s = 0; s < learning.stacks().size(); s++) {
                GatedStack stack = learning.stacks().get(s);
                for (int m = 0; m < stack.maps().size(); m++, at++) {
                    MapParameters map = stack.maps().get(m).parameters();
                    int[] inputs = m == 0 ? SharedStack.all(map.inputs()) : stack.open(m - 1);
                    int[] units = m == 2 ? SharedStack.all(map.units()) : stack.open(m);
                    float[] open = gated.parts().gradient().get(at);
                    float[] whole = dense.parts().gradient().get(at);
                    for (int a = 0; a < inputs.length; a++) {
                        for (int k = 0; k < units.length; k++) {
                            assertThat(open[a * units.length + k])
                                    .isCloseTo(whole[inputs[a] * map.units() + units[k]], within(1e-5f));
                        }
                    }
                }
            }
        }
    }

    @Test
    void gatesAreToldTheDerivativeAtTheirUnits() {
        GeneratorTrainer trainer = trainer(Optimizer.adam(0.01));
        GatedGenerator generator = generator(GATES);
        generator.learn("first", task(0));
        GatedLearning learning = new GatedLearning(generator.stacks(), GATES, 2, new RandomStreams(8));
        try (GeneratorTraining gated = training(trainer, 1, learning)) {
            loss(gated);
            List<float[]> full = learning.stacks().stream()
                    .flatMap(stack -> fullWidth(stack).stream())
                    .toList();

            for (int s = 0; s < learning.stacks().size(); s++) {
                GatedStack stack = learning.stacks().get(s);
                for (int layer = 0; layer < 2; layer++) {
                    int outputs = stack.maps().get(layer + 1).parameters().units();
                    for (int k = 0; k < stack.open(layer).length; k++) {
                        int unit = stack.open(layer)[k];
                        double more = loss(trainer, scaled(full, 3 * s + layer + 1, unit, outputs, 1.02f));
                        double less = loss(trainer, scaled(full, 3 * s + layer + 1, unit, outputs, 0.98f));
                        assertThat(gated.parts().stacks().get(s).unitGradients(layer)[k])
                                .isCloseTo((more - less) / 0.04, within(1e-3));
                    }
                }
            }
        }
    }

    /** A factor on a hidden unit's value is one on its weights into the next map. */
    private static List<float[]> scaled(List<float[]> maps, int map, int unit, int outputs, float factor) {
        List<float[]> scaled = new ArrayList<>(maps);
        float[] weights = maps.get(map).clone();
        for (int j = 0; j < outputs; j++) {
            weights[unit * outputs + j] *= factor;
        }
        scaled.set(map, weights);
        return scaled;
    }
}
