package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalLong;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Batch;
import sluice.tasks.Scenario;

/**
 * Synaptic intelligence (Zenke, Poole and Ganguli 2017): while a task is learned, each parameter's part in the fall of
 * the loss is summed up, {@code omega_i -= g_i dw_i} (eq. 3); after it the importance grows by
 * {@code omega_i / ((w_i - w*_i)^2 + xi)} (eq. 5), and {@code c sum_i Omega_i (w_i - w*_i)^2} is added to the loss of
 * later tasks (eq. 4).
 *
 * @param c strength, at least 0
 * @param xi damping, above 0
 */
public record SynapticIntelligence(double c, double xi) implements PlainStrategy {
    /** Checks the ranges. */
    public SynapticIntelligence {
        checkArgument(c >= 0 && Double.isFinite(c), "c must be at least 0 and finite, got %s", c);
        checkArgument(xi > 0 && Double.isFinite(xi), "xi must be above 0 and finite, got %s", xi);
    }

    /**
     * The strength that van de Ven and Tolias (2019) found best on split MNIST.
     *
     * @param scenario of the sequence
     * @return c
     */
    public static double defaultStrength(Scenario scenario) {
        return switch (scenario) {
            case TASK -> 50;
            case DOMAIN -> 500;
            case CLASS -> 0.5;
        };
    }

    @Override
    public String name() {
        return "si";
    }

    @Override
    public StrategyTraits traits() {
        return PlainStrategy.super.traits().with(StrategyTraits.EarlierClasses.FORGOTTEN);
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.of(PathImportance.bytes(network.parameters()));
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(this, training);
    }

    private static final class Learner implements WholeNetworkLearner {
        private final PlainTraining training;
        private final PathImportance path;

        Learner(SynapticIntelligence si, PlainTraining training) {
            this.training = training;
            this.path = new PathImportance(si.c, si.xi, training);
        }

        @Override
        public double step(Batch batch) {
            double loss = training.loss(batch);
            path.move();
            return loss;
        }

        @Override
        public void end(LearnedTask task) {
            path.consolidate();
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            path.state(state);
        }

        @Override
        public PlainTraining training() {
            return training;
        }

        @Override
        public long memoryBytes() {
            return path.bytes();
        }
    }
}
