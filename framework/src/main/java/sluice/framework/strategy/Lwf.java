package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.OptionalLong;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Batch;
import sluice.framework.plain.PlainNetwork;
import sluice.tasks.OutputRange;
import sluice.tasks.Scenario;

/**
 * Learning without forgetting (Li and Hoiem 2017): while task t is learned, the network as it was before t says what it
 * makes of the new examples, and the network is held to it. No example is stored. As van de Ven and Tolias (2019) weigh
 * it, the loss is {@code 1/t} times the cross-entropy with the labels plus {@code 1 - 1/t} times the distillation at a
 * temperature T (Hinton, Vinyals and Dean 2015), {@code -T^2 mean_c q_c log p_c}: the mean over the outputs that compete,
 * not the sum, as in their code at the time, without which new classes are hardly learned where all must be told apart.
 * What is held: where the task is given, each earlier task's own outputs, averaged over tasks; else all outputs so far, of
 * which those that the earlier network did not know (none where all tasks have the same labels) are wanted with probability
 * 0.
 *
 * @param temperature T, above 0; 2 as published
 */
public record Lwf(double temperature) implements PlainStrategy {
    /** The temperature of Li and Hoiem, section 3, and of van de Ven and Tolias. */
    public static final double DEFAULT_TEMPERATURE = 2;

    /** Checks the range. */
    public Lwf {
        checkArgument(
                temperature > 0 && Double.isFinite(temperature),
                "temperature must be above 0 and finite, got %s",
                temperature);
    }

    @Override
    public String name() {
        return "lwf";
    }

    @Override
    public StrategyTraits traits() {
        return PlainStrategy.super
                .traits()
                .with(StrategyTraits.EarlierClasses.HARDLY_ANSWERED)
                .without(StrategyTraits.Setting.REGRESSION);
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.of(Float.BYTES * network.parameters());
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(this, training);
    }

    private static final class Learner implements WholeNetworkLearner {
        private final Lwf lwf;
        private final PlainTraining training;
        private final PlainNetwork before;
        private ImmutableList<OutputRange> held = ImmutableList.of();

        Learner(Lwf lwf, PlainTraining training) {
            this.lwf = lwf;
            this.training = training;
            this.before = training.secondNetwork();
        }

        @Override
        public void begin(LearnedTask task) {
            held = task.index() == 0 ? ImmutableList.of() : heldAfter(task.index() - 1);
        }

        @Override
        public double step(Batch batch) {
            float[] taught = held.isEmpty() ? new float[0] : before.forward(batch);
            double share = 1.0 / (training.task() + 1);
            training.forward(batch);
            double loss = training.loss(batch, 0, batch.size(), share);
            for (OutputRange range : held) {
                int to = training.scenario() == Scenario.TASK
                        ? range.to()
                        : training.competing(training.task()).to();
                double each = (1 - share) / held.size() / (to - range.from());
                training.distillation(taught, range, to, batch.size(), lwf.temperature, each);
            }
            training.backward();
            training.move();
            return loss / share;
        }

        @Override
        public void end(LearnedTask task) {
            float[] parameters = training.network().parameters();
            before.write(kept -> System.arraycopy(parameters, 0, kept, 0, kept.length));
            held = heldAfter(task.index());
        }

        private ImmutableList<OutputRange> heldAfter(int task) {
            ImmutableList.Builder<OutputRange> ranges = ImmutableList.builder();
            switch (training.scenario()) {
                case TASK -> {
                    for (int earlier = 0; earlier <= task; earlier++) {
                        ranges.add(training.outputs().learning(earlier));
                    }
                }
                case DOMAIN, CLASS -> ranges.add(training.outputs().learning(task));
            }
            return ranges.build();
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

        @Override
        public long memoryBytes() {
            return (long) Float.BYTES * before.parameters().length;
        }
    }
}
