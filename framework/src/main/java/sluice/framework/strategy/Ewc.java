package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalLong;
import sluice.framework.network.NetworkCost;
import sluice.tasks.Scenario;

/**
 * Elastic weight consolidation: {@code lambda/2 sum_k sum_i F_ki (w_i - w*_ki)^2} is added to the loss, where F_k is the
 * diagonal of the Fisher information of earlier task k, and w*_k the parameters after it (Kirkpatrick et al. 2017,
 * eq. 3). Online: one running F, {@code F = gamma F + F_k}, around the parameters after the last task, and a penalty of
 * {@code gamma F} (Schwarz et al. 2018, section 3.2).
 *
 * <p>The Fisher information is an expectation over the labels that the network itself gives an example. It is taken over
 * the likeliest of them: over all it is exact; over one it is that of the predicted label, as in van de Ven and Tolias
 * (2019), a smaller number, to which their weights belong (van de Ven 2025 compares both).
 *
 * @param form a penalty per task, or one that runs
 * @param lambda its weight, at least 0
 * @param gamma what remains of earlier importance, in [0, 1]; 1 unless online
 * @param fisherLabels over how many of an example's likeliest labels the Fisher information is taken, at least 1; as many
 *     as there are, or more, is exact
 */
public record Ewc(Form form, double lambda, double gamma, int fisherLabels) implements PlainStrategy {
    /** The predicted label alone, as in the comparison from which the default weights are. */
    public static final int DEFAULT_FISHER_LABELS = 1;

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
        checkArgument(fisherLabels >= 1, "fisher_labels must be at least 1, got %s", fisherLabels);
    }

    /**
     * What van de Ven and Tolias (2019) found best on split MNIST.
     *
     * @param form a penalty per task, or one that runs
     * @param scenario of the sequence
     * @return the strategy
     */
    public static Ewc defaults(Form form, Scenario scenario) {
        boolean online = form == Form.ONLINE;
        double lambda =
                switch (scenario) {
                    case TASK -> online ? 1e8 : 1e7;
                    case DOMAIN -> online ? 1e8 : 1e6;
                    case CLASS -> online ? 1e9 : 1e8;
                };
        double gamma = scenario == Scenario.DOMAIN ? 0.7 : 0.8;
        return new Ewc(form, lambda, online ? gamma : 1, DEFAULT_FISHER_LABELS);
    }

    @Override
    public String name() {
        return form == Form.ONLINE ? "online-ewc" : "ewc";
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
        return new PenaltyLearner(lambda * gamma, training, (penalty, task) -> {
            double[] fisher = FisherInformation.diagonal(training, task, fisherLabels);
            float[] parameters = training.network().parameters();
            if (form == Form.ONLINE) {
                penalty.pullTo(parameters, gamma);
            }
            penalty.add(fisher, parameters);
        });
    }
}
