package sluice.framework.strategy;

import java.util.OptionalLong;
import sluice.framework.generator.ExampleGenerator;
import sluice.framework.generator.ReplayForm;
import sluice.framework.network.NetworkCost;
import sluice.tasks.Examples;
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

    /** A generator of each task but the last, after which nothing is replayed. */
    @Override
    public OptionalLong memoryBytes(NetworkCost network, TaskSequence sequence) {
        return OptionalLong.of(sequence.tasks().stream()
                .limit(sequence.tasks().size() - 1L)
                .mapToLong(task -> form.bytes(sequence.features(), task.train().distinctLabels().length))
                .sum());
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new GeneratedReplayLearner(training, new Separate(form));
    }

    /** A generator per task. */
    private static final class Separate implements TaskGenerators {
        private final ReplayForm form;
        private long bytes;

        Separate(ReplayForm form) {
            this.form = form;
        }

        @Override
        public ExampleGenerator learn(int task, Examples examples, long seed) {
            ExampleGenerator generator = ExampleGenerator.train(form, examples, seed);
            bytes += generator.memoryBytes();
            return generator;
        }

        @Override
        public long memoryBytes() {
            return bytes;
        }
    }
}
