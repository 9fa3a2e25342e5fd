package sluice.framework.strategy;

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
    public TaskLearner begin(PlainTraining training) {
        return new TaskLearner() {
            @Override
            public double step(Batch batch) {
                double loss = training.loss(batch);
                training.move();
                return loss;
            }

            @Override
            public float[] scores(Batch batch, int task) {
                return training.forward(batch);
            }
        };
    }
}
