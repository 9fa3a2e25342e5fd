package sluice.framework.strategy;

import java.util.function.BiConsumer;
import sluice.framework.internal.state.State;
import sluice.framework.plain.Batch;

/** Learns under a quadratic penalty that grows with every task: what EWC and MAS have in common. */
final class PenaltyLearner implements WholeNetworkLearner {
    private final double weight;
    private final PlainTraining training;
    private final QuadraticPenalty penalty;
    private final BiConsumer<QuadraticPenalty, LearnedTask> growth;

    /**
     * @param weight of the penalty in the loss
     * @param training the network, and what moves it
     * @param growth what a task that was learned adds to the penalty
     */
    PenaltyLearner(double weight, PlainTraining training, BiConsumer<QuadraticPenalty, LearnedTask> growth) {
        this.weight = weight;
        this.training = training;
        this.growth = growth;
        this.penalty = new QuadraticPenalty(training.network().parameters().length);
    }

    @Override
    public double step(Batch batch) {
        double loss = training.loss(batch);
        penalty.addGradient(
                weight, training.network().parameters(), training.network().gradient());
        training.move();
        return loss;
    }

    @Override
    public void end(LearnedTask task) {
        growth.accept(penalty, task);
    }

    @Override
    public boolean keepsState() {
        return true;
    }

    @Override
    public void state(State state) {
        penalty.state(state, training.network().form());
    }

    @Override
    public PlainTraining training() {
        return training;
    }

    @Override
    public long memoryBytes() {
        return penalty.bytes();
    }
}
