package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalLong;
import sluice.framework.generator.ExampleGenerator;
import sluice.framework.generator.ReplayForm;
import sluice.framework.internal.state.State;
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
 * @param temperature at which generated examples are held to what the network said of them before the present task, by
 *     {@link sluice.framework.loss.Distillation} as van de Ven and Tolias (2019) have it; 0 holds them to the labels that were
 *     asked for
 */
public record GenerativeReplay(ReplayForm form, double temperature) implements PlainStrategy {
    /** The temperature of van de Ven and Tolias. */
    public static final double DEFAULT_TEMPERATURE = 2;

    /** Checks the range. */
    public GenerativeReplay {
        checkArgument(
                temperature >= 0 && Double.isFinite(temperature),
                "temperature must be at least 0 and finite, got %s",
                temperature);
    }

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
        long teacher = temperature > 0 ? Float.BYTES * network.parameters() : 0;
        return OptionalLong.of(teacher
                + sequence.tasks().stream()
                        .limit(sequence.tasks().size() - 1L)
                        .mapToLong(task ->
                                form.bytes(sequence.features(), task.train().distinctLabels().length))
                        .sum());
    }

    /** Nothing is replayed after the last task, whose generator is trained for another run alone. */
    @Override
    public boolean keepsLearnerUnasked() {
        return false;
    }

    /** Generators are trained on between steps, and would have to go back as well. */
    @Override
    public StrategyTraits traits() {
        return PlainStrategy.super
                .traits()
                .without(StrategyTraits.Setting.VALIDATION)
                .without(StrategyTraits.Setting.REGRESSION);
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new GeneratedReplayLearner(
                training, new Separate(form, training.network().features()), temperature);
    }

    /** A generator per task. */
    private static final class Separate implements TaskGenerators {
        private final ReplayForm form;
        private final int features;
        private long bytes;

        Separate(ReplayForm form, int features) {
            this.form = form;
            this.features = features;
        }

        @Override
        public ExampleGenerator learn(int task, Examples examples, long seed) {
            return counted(ExampleGenerator.train(form, examples, seed));
        }

        private ExampleGenerator counted(ExampleGenerator generator) {
            bytes += generator.memoryBytes();
            return generator;
        }

        @Override
        public void keep(ExampleGenerator generator, State state) {
            generator.state(state);
        }

        @Override
        public ExampleGenerator restored(int task, int labels, long seed, State kept) {
            return counted(ExampleGenerator.restored(form, features, labels, seed, kept));
        }

        @Override
        public long memoryBytes() {
            return bytes;
        }
    }
}
