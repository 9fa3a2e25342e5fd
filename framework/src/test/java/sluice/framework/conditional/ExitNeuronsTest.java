package sluice.framework.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.optimizer.TrainingSettings;
import sluice.framework.result.TrainingListener;
import sluice.gating.Estimators;
import sluice.gating.GradientEstimator;
import sluice.tasks.ClassSplit;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.digits.Digits;

/** Neurons that decide at exits. */
class ExitNeuronsTest {
    private static final DataSet DIGITS = Digits.draw(1500, 400, 1);
    private static final TaskSequence ONE =
            TaskSequence.split(DIGITS, Normalisation.UNIT_PIXELS, ClassSplit.consecutive(DIGITS, 10));
    private static final ImmutableList<ExitLayer> LAYERS = ImmutableList.of(
            new ExitLayer(6, 0.1, View.BELOW, true),
            new ExitLayer(16, 0.1, View.INPUT, true),
            new ExitLayer(64, 0.1, View.INPUT, false));

    @TempDir
    private Path folder;

    private static ExitResult learn(String estimator, long budget) {
        return learn(Optional.of(Estimators.BY_NAME.get(estimator).estimator()), budget);
    }

    private static ExitResult learn(Optional<GradientEstimator> neurons, long budget) {
        return new ExitTrainer(LAYERS, 0.1, 0.3, budget, neurons, TrainingSettings.DEFAULT.withEpochs(15))
                .train(ONE, 1, TrainingListener.SILENT);
    }

    @Property
    void theSlopesAreDerivativesOfTheCost(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int exits) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] costs = random.doubles(exits + 1).toArray();
        double[] gates = random.doubles(exits).toArray();
        double[] slopes = new double[exits];
        ExitNeurons.stopped(costs, gates, slopes);
        for (int k = 0; k < exits; k++) {
            double[] up = gates.clone();
            double[] down = gates.clone();
            up[k] += 1e-5;
            down[k] -= 1e-5;
            double difference = ExitNeurons.stopped(costs, up, new double[exits])
                    - ExitNeurons.stopped(costs, down, new double[exits]);
            assertThat(slopes[k]).isCloseTo(difference / 2e-5, within(1e-6));
        }
    }

    @Property
    void anExampleStopsAtTheFirstGateThatIsOpen(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int exits) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] costs = random.doubles(exits + 1).toArray();
        double[] gates = random.ints(exits, 0, 2).mapToDouble(gate -> gate).toArray();
        int first = 0;
        while (first < exits && gates[first] == 0) {
            first++;
        }
        assertThat(ExitNeurons.stopped(costs, gates, new double[exits])).isCloseTo(costs[first], within(1e-12));
    }

    /** Straight-through, relaxed, and of those that are told losses one with a baseline and an antithetic one. */
    @ParameterizedTest
    @ValueSource(strings = {"st-sigmoid", "concrete", "centred", "disarm"})
    void trainedByAnyEstimatorTheyKeepToTheBudgetAndStopWhatIsEasy(String estimator) {
        long first = LAYERS.get(0).units() * (784L + 10);
        long budget = 3 * first;
        ExitModel model = learn(estimator, budget).model();
        Task task = ONE.tasks().get(0);
        ExitAnswers own = model.answer(task.test(), new ExitRule(ImmutableList.copyOf(Collections.nCopies(2, 0.5))));
        double mean = Arrays.stream(own.multiplyAdds()).average().orElseThrow();

        assertThat(model.hasNeurons()).isTrue();
        assertThat(mean).isBetween(0.5 * budget, 1.5 * budget);
        ExitAnswers early = model.answer(task.test(), new ExitRule(ImmutableList.of(0.0, 0.0)));
        assertThat(wrongOf(task, early, own, 0)).isLessThan(wrongOf(task, early, own, 1));
    }

    /** What they look at is far from 0: a step that lets all examples go on must not move the surest most. */
    @ParameterizedTest
    @ValueSource(strings = {"st-sigmoid", "disarm"})
    void theyOrderExamplesAboutAsWellAsMargins(String estimator) {
        long budget = 2L * LAYERS.get(0).units() * (784 + 10);
        Examples test = ONE.tasks().get(0).test();
        ExitModel neurons = learn(estimator, budget).model();
        ExitModel margins = learn(Optional.empty(), budget).model();

        assertThat(right(neurons, test, budget)).isGreaterThan(right(margins, test, budget) - 0.02);
    }

    private static double right(ExitModel model, Examples test, long budget) {
        ExitAnswers answers = model.answer(test, model.within(budget));
        return (double) IntStream.range(0, test.size())
                        .filter(i -> answers.classes()[i] == test.label(i))
                        .count()
                / test.size();
    }

    /** How often the first exit is wrong, of examples that stop there, or of those that do not. */
    private static double wrongOf(Task task, ExitAnswers early, ExitAnswers own, int leastExit) {
        int wrong = 0;
        int all = 0;
        for (int i = 0; i < task.test().size(); i++) {
            if ((own.exits()[i] == 0) == (leastExit == 0)) {
                all++;
                wrong += early.classes()[i] == task.test().label(i) ? 0 : 1;
            }
        }
        return (double) wrong / Math.max(1, all);
    }

    @Test
    void theyAreCountedSavedAndLoaded() {
        ExitModel model = learn("st-sigmoid", ExitTrainer.NO_BUDGET).model();
        Task task = ONE.tasks().get(0);
        Path file = folder.resolve("model.sluice");
        Path again = folder.resolve("again.sluice");
        model.save(file);
        ExitModel loaded = ExitModel.load(file);
        loaded.save(again);

        assertThat(again).hasSameBinaryContentAs(file);
        ExitRule rule = model.within(20_000);
        assertThat(loaded.answer(task.test(), rule).exits())
                .isEqualTo(model.answer(task.test(), rule).exits());
        long first = 784 * 6 + 6 * 10;
        // an affine neuron on ten logarithms of probabilities, twice, and a bias
        assertThat(model.answer(task.test(), new ExitRule(ImmutableList.of(0.0, 0.0)))
                        .multiplyAdds())
                .containsOnly(first + 21);
        assertThat(model.within(first)).isEqualTo(model.rules().firstEntry().getValue());
        assertThat(learn("st-sigmoid", ExitTrainer.NO_BUDGET)
                        .model()
                        .confidence()
                        .neurons()
                        .get(1))
                .isEqualTo(model.confidence().neurons().get(1));
    }

    @Test
    void anEstimatorThatCannotServeIsRefused() {
        assertThatThrownBy(() -> learn("gumbel-softmax", 9)).isInstanceOf(IllegalArgumentException.class);
    }
}
