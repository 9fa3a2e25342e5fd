package sluice.framework.strategy;

import java.util.Arrays;
import java.util.OptionalLong;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Batch;

/** The first task trains the whole network, later ones its output layer alone: what reuse without learning is worth. */
public record FrozenFeatures() implements PlainStrategy {
    @Override
    public String name() {
        return "frozen-features";
    }

    @Override
    public StrategyTraits traits() {
        return PlainStrategy.super.traits().with(StrategyTraits.EarlierClasses.FORGOTTEN);
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.of(0);
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(training);
    }

    private static final class Learner implements WholeNetworkLearner {
        private final PlainTraining training;
        private final int features;
        private float[] frozen = {};

        Learner(PlainTraining training) {
            this.training = training;
            this.features = training.network()
                    .blocks()
                    .get(training.network().blocks().size() - 1)
                    .start();
        }

        @Override
        public double step(Batch batch) {
            double loss = training.loss(batch);
            // what is frozen is no part of the gradient that may be clipped; an empty array until then
            Arrays.fill(training.network().gradient(), 0, frozen.length, 0);
            training.move();
            if (frozen.length > 0) {
                // an optimiser with momentum would go on moving what has no gradient
                training.network().write(parameters -> System.arraycopy(frozen, 0, parameters, 0, features));
            }
            return loss;
        }

        @Override
        public void end(LearnedTask task) {
            if (task.index() == 0) {
                frozen = Arrays.copyOf(training.network().parameters(), features);
            }
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            frozen = state.count("frozen", frozen.length) == frozen.length ? frozen : new float[features];
            state.floats("features", frozen);
        }

        @Override
        public PlainTraining training() {
            return training;
        }
    }
}
