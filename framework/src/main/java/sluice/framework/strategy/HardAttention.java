package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.math.LongMath;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.plain.Answering;
import sluice.framework.plain.Batch;
import sluice.framework.plain.FlatOptimizer;
import sluice.framework.plain.PlainNetwork;
import sluice.framework.plain.UnitGates;

/**
 * Hard attention to the task, HAT (Serra, Suris, Miron and Karatzoglou 2018). Each task t has an embedding e per hidden
 * unit, drawn from N(0, 1), and the unit is multiplied by the attention {@code a = sigm(s e)} (section 2.2). Within every
 * pass through the examples s goes from {@code 1/s_max} to {@code s_max} (section 2.4); where a task's steps are not a
 * whole number of passes, the nearest whole number of them is stretched over the steps, so that training ends at s_max.
 * The gradient q at e is compensated for s, {@code q s_max (cosh(s e) + 1) / (s (cosh(e) + 1))} (section 2.5), with s e
 * within +-50 and e within +-6. Cumulated attention {@code A = max_t sigm(s_max e_t)} scales a weight's gradient by
 * {@code 1 - min(A_out, A_in)} (section 2.3), and {@code lambda sum a (1 - A) / sum (1 - A)} over all hidden units is
 * added to the loss (section 2.6). The norm of all gradients together is held to 10000. Tasks are asked for with s_max.
 *
 * <p>Weights and embeddings move by plain gradient descent with a learning rate of their own, whatever the optimiser of
 * the other strategies: momentum or decay would move what the attention holds. Dropout and the fall of the learning rate
 * with a validation loss, which the authors' code has, are left out.
 *
 * <p>Attention is soft, at test too: a unit whose embedding ended near 0 holds its weights by part alone, and what earlier
 * tasks say may drift a little. That is the published method, and no promise that nothing is forgotten.
 *
 * @param lambda weight of the regulariser, at least 0
 * @param sMax largest s, at least 1
 * @param learningRate of weights and embeddings, above 0
 */
public record HardAttention(double lambda, double sMax, double learningRate) implements TaskToldStrategy {
    /** What the authors found best. */
    public static final HardAttention DEFAULT = new HardAttention(0.75, 400, 0.05);

    private static final double LARGEST_NORM = 10_000;

    /** Checks the ranges. */
    public HardAttention {
        checkArgument(lambda >= 0 && Double.isFinite(lambda), "lambda must be at least 0 and finite, got %s", lambda);
        checkArgument(sMax >= 1 && Double.isFinite(sMax), "sMax must be at least 1 and finite, got %s", sMax);
        checkArgument(
                learningRate > 0 && Double.isFinite(learningRate),
                "learningRate must be above 0 and finite, got %s",
                learningRate);
    }

    @Override
    public String name() {
        return "hat";
    }

    @Override
    public StrategyTraits traits() {
        return TaskToldStrategy.super.traits().without(StrategyTraits.Setting.OPTIMIZER);
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.of(TaskAttention.bytes(network.hiddenUnits(), tasks));
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(this, training);
    }

    /** s at a step of a task. */
    double annealed(long step, long steps, long stepsPerPass) {
        long passes = Math.max(1, LongMath.divide(steps, stepsPerPass, RoundingMode.HALF_UP));
        long pass = step * passes / steps;
        long first = LongMath.divide(pass * steps, passes, RoundingMode.CEILING);
        long end = LongMath.divide((pass + 1) * steps, passes, RoundingMode.CEILING);
        double progress = end - first == 1 ? 1 : (step - first) / (end - first - 1.0);
        return 1 / sMax + (sMax - 1 / sMax) * progress;
    }

    private static final class Learner implements TaskLearner {
        private final HardAttention hat;
        private final PlainTraining training;
        private final PlainNetwork network;
        private final TaskAttention attention;
        private final FlatOptimizer optimizer;
        private long steps;
        private long stepsPerPass;
        private long step;

        Learner(HardAttention hat, PlainTraining training) {
            this.hat = hat;
            this.training = training;
            this.network = training.network();
            this.attention = new TaskAttention(
                    hat, training.tasks(), network.hiddenBlocks(), training.random("task-embeddings"));
            this.optimizer = new FlatOptimizer(Optimizer.sgd(hat.learningRate), network.parameters().length);
        }

        @Override
        public void begin(LearnedTask task) {
            steps = task.steps();
            stepsPerPass = task.stepsPerPass();
            step = 0;
        }

        @Override
        public double step(Batch batch) {
            int task = training.task();
            float[] gradient = network.gradient();
            double s = hat.annealed(step++, steps, stepsPerPass);
            training.forward(batch, attention.at(task, s));
            double loss = training.loss(batch, 0, batch.size(), 1);
            training.backward();
            if (task > 0) {
                attention.hold(gradient);
            }
            double squares = squares(gradient) + attention.formGradient(task, s, network::gateGradient);
            double clip = Math.min(1, LARGEST_NORM / Math.sqrt(squares));
            if (clip < 1) {
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] *= (float) clip;
                }
            }
            network.write(parameters -> optimizer.step(parameters, gradient));
            attention.move(task, hat.learningRate * clip);
            return loss;
        }

        private static double squares(float[] values) {
            double even = 0;
            double odd = 0;
            // in sums of their own, which a processor adds to at once
            for (int i = 1; i < values.length; i += 2) {
                even += values[i - 1] * values[i - 1];
                odd += values[i] * values[i];
            }
            float last = values.length % 2 == 0 ? 0 : values[values.length - 1];
            return even + odd + last * last;
        }

        @Override
        public void end(LearnedTask task) {
            attention.cumulate(task.index());
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            attention.state(state.part("attention"));
            optimizer.state(state.part("optimizer"), network.form());
            step = state.count("step", step);
        }

        @Override
        public float[] scores(Batch batch, int task) {
            return training.forward(batch, attention.at(task, hat.sMax));
        }

        @Override
        public Optional<Answering> answering() {
            float[][][] gates = new float[training.tasks()][][];
            for (int t = 0; t < gates.length; t++) {
                gates[t] =
                        Stream.of(attention.at(t, hat.sMax)).map(float[]::clone).toArray(float[][]::new);
            }
            return Optional.of(new UnitGates(gates));
        }

        @Override
        public long memoryBytes() {
            return attention.bytes();
        }
    }
}
