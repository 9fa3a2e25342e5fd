package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import sluice.tasks.Scenario;

/**
 * Elastic weight consolidation: {@code lambda/2 sum_k sum_i F_ki (w_i - w*_ki)^2} is added to the loss, where F_k is the
 * diagonal of the Fisher information of earlier task k, and w*_k the parameters after it (Kirkpatrick et al. 2017,
 * eq. 3). Online: one running F, {@code F = gamma F + F_k}, around the parameters after the last task (Schwarz et al.
 * 2018, section 3.2).
 *
 * @param form a penalty per task, or one that runs
 * @param lambda its weight, at least 0
 * @param gamma what remains of earlier importance, in [0, 1]; 1 unless online
 */
public record Ewc(Form form, double lambda, double gamma) implements DenseStrategy {
    /** What the penalty pulls to. */
    public enum Form {
        /** The parameters after each earlier task. */
        PER_TASK,
        /** The parameters after the last task. */
        ONLINE
    }

    /** Checks the ranges. */
    public Ewc {
        checkArgument(lambda >= 0 && Double.isFinite(lambda), "lambda must be at least 0 and finite, got %s", lambda);
        checkArgument(gamma >= 0 && gamma <= 1, "gamma must be in [0, 1], got %s", gamma);
        checkArgument(
                form == Form.ONLINE || gamma == 1, "gamma must be 1 where each task has a penalty, got %s", gamma);
    }

    /**
     * The weight that van de Ven and Tolias (2019) found best on split MNIST.
     *
     * @param scenario of the sequence
     * @return lambda
     */
    public static double usualLambda(Scenario scenario) {
        return switch (scenario) {
            case TASK -> 1e5;
            case DOMAIN -> 1e10;
            case CLASS -> 1e9;
        };
    }

    @Override
    public String name() {
        return form == Form.ONLINE ? "online-ewc" : "ewc";
    }

    @Override
    public TaskLearner begin(DenseTraining training) {
        return new PenaltyLearner(lambda, training, (penalty, task) -> {
            double[] fisher = training.fisher(task);
            float[] parameters = training.network().parameters();
            if (form == Form.ONLINE) {
                penalty.pullTo(parameters, gamma);
            }
            penalty.add(fisher, parameters);
        });
    }
}
