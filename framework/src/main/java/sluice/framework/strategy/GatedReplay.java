package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalLong;
import sluice.framework.generator.ExampleGenerator;
import sluice.framework.generator.GatedGenerator;
import sluice.framework.generator.ReplayForm;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.tasks.Examples;
import sluice.tasks.TaskSequence;

/**
 * {@link GenerativeReplay} by one generator for all tasks: a {@link GatedGenerator}, whose hidden units are gated per task. A
 * task may use units of earlier tasks, which are frozen, so that what is replayed of these never changes by a bit.
 *
 * @param form of the generator; its hidden units are those of all tasks together
 * @param sparsity weight of the penalty on open units that no task uses yet, at least 0; the bound that it is held against is
 *     in nats
 */
public record GatedReplay(ReplayForm form, double sparsity) implements PlainStrategy {
    /** Checks the range. */
    public GatedReplay {
        checkArgument(
                sparsity >= 0 && Double.isFinite(sparsity), "sparsity must be at least 0 and finite, got %s", sparsity);
    }

    @Override
    public String name() {
        return "gated-replay";
    }

    @Override
    public int extraRows(int replayed) {
        return replayed;
    }

    @Override
    public void check(TaskSequence sequence) {
        TaskExamples.checkUnitInterval(name(), sequence);
    }

    /** How many units tasks leave open is learned. */
    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.empty();
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
        GatedGenerator generator = GatedGenerator.of(
                form,
                training.network().features(),
                training.mostClasses(),
                GatedGenerator.GATES.withSparsity(sparsity),
                training.random("gated-generator").nextLong());
        return new GeneratedReplayLearner(training, new Shared(generator), 0);
    }

    /** One generator, whose parts draw. */
    private record Shared(GatedGenerator generator) implements TaskGenerators {
        @Override
        public ExampleGenerator learn(int task, Examples examples, long seed) {
            return new ExampleGenerator(
                    generator.learn(String.valueOf(task), examples), examples.distinctLabels().length, seed);
        }

        @Override
        public void state(State state) {
            generator.state(state);
        }

        @Override
        public void keep(ExampleGenerator of, State state) {
            of.draws(state);
        }

        @Override
        public ExampleGenerator restored(int task, int labels, long seed, State kept) {
            ExampleGenerator again = new ExampleGenerator(generator.model(String.valueOf(task)), labels, seed);
            again.draws(kept);
            return again;
        }

        @Override
        public long memoryBytes() {
            return generator.memoryBytes();
        }
    }
}
