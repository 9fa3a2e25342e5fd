package sluice.framework.strategy;

import java.util.OptionalLong;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Batch;

/**
 * Training goes on with each task's examples, and nothing is done against forgetting: the lower bound. With another
 * curriculum, the upper bounds.
 *
 * @param curriculum which examples the network is trained on
 */
public record FineTuning(Curriculum curriculum) implements PlainStrategy {
    @Override
    public String name() {
        return switch (curriculum) {
            case TASK_BY_TASK -> "fine-tuning";
            case CUMULATIVE -> "cumulative";
            case JOINT -> "joint";
        };
    }

    @Override
    public StrategyTraits traits() {
        return switch (curriculum) {
            case TASK_BY_TASK -> PlainStrategy.super.traits().with(StrategyTraits.EarlierClasses.FORGOTTEN);
            case CUMULATIVE -> PlainStrategy.super.traits();
            // there are no steps between tasks in which one could harm another
            case JOINT -> PlainStrategy.super.traits().without(StrategyTraits.Setting.CONTINUAL);
        };
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.of(0);
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new WholeNetworkLearner() {
            @Override
            public double step(Batch batch) {
                double loss = training.loss(batch);
                training.move();
                return loss;
            }

            @Override
            public boolean keepsState() {
                return true;
            }

            @Override
            public void state(State state) {}

            @Override
            public PlainTraining training() {
                return training;
            }
        };
    }
}
