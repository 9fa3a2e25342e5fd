package sluice.framework.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import sluice.framework.generator.ExampleGenerator;
import sluice.framework.generator.ReplayForm;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Batch;
import sluice.tasks.TaskSequence;

/**
 * Generative replay (Shin, Lee, Kim and Kim 2017): no example is stored; when a task ends, a generator of its examples is
 * trained, and each later step sees as many generated examples of earlier tasks as real ones of the present one. Each task has
 * a generator of its own, which is never trained again, so that what is replayed of the first task does not fade with the
 * number of tasks. The class is a latent of the generator, so that what it draws has a label. Losses are weighed as in
 * {@link ExperienceReplay}.
 *
 * @param form of the generators
 */
public record GenerativeReplay(ReplayForm form) implements PlainStrategy {
    @Override
    public String name() {
        return "generative-replay";
    }

    @Override
    public int extraRows(int replayed) {
        return replayed;
    }

    @Override
    public void check(TaskSequence sequence) {
        TaskExamples.checkUnitInterval(name(), sequence);
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.empty();
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(this, training);
    }

    /** The generator of a task, and which outputs its labels are. */
    private record Past(int task, ExampleGenerator generator, int[] outputs) {}

    private static final class Learner implements TaskLearner {
        private final GenerativeReplay strategy;
        private final PlainTraining training;
        private final RandomGenerator choices;
        private final List<Past> past = new ArrayList<>();

        Learner(GenerativeReplay strategy, PlainTraining training) {
            this.strategy = strategy;
            this.training = training;
            this.choices = training.random("generative-replay");
        }

        @Override
        public double step(Batch batch) {
            int present = batch.size();
            for (int i = 0; i < present && !past.isEmpty(); i++) {
                addGenerated(batch, past.get(choices.nextInt(past.size())));
            }
            double share = 1.0 / (training.task() + 1);
            training.forward(batch);
            double loss = training.loss(batch, 0, present, share);
            if (batch.size() > present) {
                training.loss(batch, present, batch.size(), 1 - share);
            }
            training.backward();
            training.move();
            return loss / share;
        }

        private static void addGenerated(Batch batch, Past earlier) {
            int label = earlier.generator.next();
            earlier.generator.read(batch.inputs(), batch.add(earlier.task, earlier.outputs[label]));
        }

        @Override
        public void end(LearnedTask task) {
            if (task.index() == training.tasks() - 1) {
                return;
            }
            TaskExamples examples = TaskExamples.of(task, training.network().features());
            long seed = training.random("generator-" + task.index()).nextLong();
            past.add(new Past(
                    task.index(),
                    ExampleGenerator.train(strategy.form, examples.labelled(), seed),
                    examples.targets()));
        }

        @Override
        public float[] scores(Batch batch, int task) {
            return training.forward(batch);
        }

        @Override
        public long memoryBytes() {
            return past.stream()
                    .mapToLong(earlier -> earlier.generator.memoryBytes())
                    .sum();
        }
    }
}
