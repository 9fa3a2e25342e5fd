package sluice.framework.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.loss.Softmax;
import sluice.framework.plain.Batch;
import sluice.framework.plain.PlainNetwork;
import sluice.tasks.OutputRange;
import sluice.tasks.Scenario;

class EwcTest {
    private static final int CLASSES = 4;

    /** Four classes compete after the second task: 1 is the predicted label, 4 all, 9 more than there are. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 9})
    void fisherInformationIsOverTheLikeliestLabels(int labels) {
        try (Clouds clouds = new Clouds(Scenario.CLASS, 2)) {
            TaskLearner learner = new FineTuning(Curriculum.TASK_BY_TASK).begin(clouds.training);
            clouds.learn(learner, 0, 5);
            clouds.learn(learner, 1, 5);
            Batch examples = clouds.batch(1, Clouds.TRAINED);
            double[] wanted = fisher(clouds, examples, Math.min(labels, CLASSES));

            double[] fisher = FisherInformation.diagonal(clouds.training, clouds.task(1, 5), labels);

            double largest = 0;
            for (int i = 0; i < fisher.length; i++) {
                assertThat(fisher[i]).as("parameter %d", i).isCloseTo(wanted[i], within(1e-7 + 1e-4 * wanted[i]));
                largest = Math.max(largest, fisher[i]);
            }
            assertThat(largest).isGreaterThan(1e-2);
        }
    }

    @Test
    void penaltiesPullByTheSumOfInformationOrByWhatGammaLeaves() {
        double[] perTask = pull(new Ewc(Ewc.Form.PER_TASK, 3, 1, 1));
        double[] online = pull(new Ewc(Ewc.Form.ONLINE, 3, 0.5, 1));
        try (Clouds clouds = new Clouds(Scenario.TASK, 3)) {
            TaskLearner plain = new FineTuning(Curriculum.TASK_BY_TASK).begin(clouds.training);
            clouds.learn(plain, 0, 20);
            double[] first = FisherInformation.diagonal(clouds.training, clouds.task(0, 20), 1);
            double[] second = FisherInformation.diagonal(clouds.training, clouds.task(1, 0), 1);
            for (int i = 0; i < first.length; i++) {
                double sum = 3 * (first[i] + second[i]);
                double left = 3 * 0.5 * (0.5 * first[i] + second[i]);
                assertThat(perTask[i]).as("parameter %d", i).isCloseTo(sum, within(1e-5 + 1e-4 * sum));
                assertThat(online[i]).as("online, parameter %d", i).isCloseTo(left, within(1e-5 + 1e-4 * left));
            }
        }
    }

    /** What a step adds to the gradient where every parameter lies 1 from where both tasks left it. */
    private static double[] pull(Ewc ewc) {
        try (Clouds clouds = new Clouds(Scenario.TASK, 3)) {
            PlainNetwork network = clouds.training.network();
            TaskLearner learner = ewc.begin(clouds.training);
            clouds.learn(learner, 0, 20);
            clouds.learn(learner, 1, 0);
            network.write(parameters -> {
                for (int i = 0; i < parameters.length; i++) {
                    parameters[i] += 1;
                }
            });
            Batch batch = clouds.batch(2, 8);
            clouds.training.loss(batch);
            double[] pull = new double[network.gradient().length];
            for (int i = 0; i < pull.length; i++) {
                pull[i] = -network.gradient()[i];
            }
            learner.step(batch);
            for (int i = 0; i < pull.length; i++) {
                pull[i] += network.gradient()[i];
            }
            return pull;
        }
    }

    /** By a backward pass for each example and each label, with nothing at the logits of other examples. */
    private static double[] fisher(Clouds clouds, Batch batch, int labels) {
        PlainNetwork network = clouds.training.network();
        OutputRange range = clouds.training.competing(1);
        double[] fisher = new double[network.parameters().length];
        for (int row = 0; row < batch.size(); row++) {
            int start = row * network.outputs();
            float[] logits = network.forward(batch).clone();
            double sum = 0;
            double[] squares = new double[fisher.length];
            for (int o = range.from(); o < range.to(); o++) {
                if (rank(logits, start, range, o) < labels) {
                    double probability = Softmax.probability(logits, start, range.from(), range.to(), o);
                    sum += probability;
                    float[] gradient = gradient(network, batch, start, range, o);
                    for (int i = 0; i < squares.length; i++) {
                        squares[i] += probability * gradient[i] * gradient[i];
                    }
                }
            }
            for (int i = 0; i < squares.length; i++) {
                fisher[i] += squares[i] / sum / batch.size();
            }
        }
        return fisher;
    }

    private static int rank(float[] logits, int start, OutputRange range, int output) {
        int likelier = 0;
        for (int o = range.from(); o < range.to(); o++) {
            likelier += logits[start + o] > logits[start + output] ? 1 : 0;
        }
        return likelier;
    }

    private static float[] gradient(PlainNetwork network, Batch batch, int start, OutputRange range, int label) {
        float[] logits = network.forward(batch);
        float[] atLogits = new float[batch.size() * network.outputs()];
        for (int o = range.from(); o < range.to(); o++) {
            double probability = Softmax.probability(logits, start, range.from(), range.to(), o);
            atLogits[start + o] = (float) (probability - (o == label ? 1 : 0));
        }
        network.backward(atLogits);
        return network.gradient().clone();
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Ewc(Ewc.Form.PER_TASK, -1, 1, 1))
                .hasMessage("lambda must be at least 0 and finite, got -1.0");
        assertThatThrownBy(() -> new Ewc(Ewc.Form.PER_TASK, 1, 0.5, 1))
                .hasMessage("gamma must be 1 where each task has a penalty, got 0.5");
        assertThatThrownBy(() -> new Ewc(Ewc.Form.ONLINE, 1, 1.5, 1)).hasMessage("gamma must be in [0, 1], got 1.5");
        assertThatThrownBy(() -> new Ewc(Ewc.Form.ONLINE, 1, 1, 0))
                .hasMessage("fisher_labels must be at least 1, got 0");
    }
}
