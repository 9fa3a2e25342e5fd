package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Answering;
import sluice.framework.plain.Batch;
import sluice.framework.plain.PlainNetwork;
import sluice.tasks.InputException;
import sluice.tasks.OutputLayout;
import sluice.tasks.Scenario;
import sluice.tasks.TaskSequence;

/**
 * iCaRL (Rebuffi et al. 2017): the last hidden layer is trained as a space of features phi, of length 1, in which an
 * example has the class whose exemplars' mean is nearest (eq. 2). The classes so far share out the memory, the same
 * number of exemplars to each. They are chosen after a task by herding: one by one, each so that the mean of those chosen
 * so far comes as near as it can to the mean of the class (algorithm 4); when new classes need room, those chosen last go
 * (algorithm 5). While a task is learned, exemplars are among the examples as often as one of its own is, and the loss is
 * the binary cross-entropy, summed over the outputs so far, with the label for the task's outputs and with what the
 * network said before the task, {@code sigmoid(logit / T)}, for the earlier ones (algorithm 3).
 *
 * <p>A class that comes again keeps the exemplars that it has. Where all tasks share the same outputs, new classes have
 * none of their own to be learned at: that scenario is not served.
 *
 * @param memory exemplars of all classes together, at least 1 and at least as many as there are classes
 * @param temperature T, above 0; 1 in the paper
 */
public record NearestMean(int memory, double temperature) implements PlainStrategy {
    /** Exemplars of the paper, and of van de Ven and Tolias (2019) on split MNIST. */
    public static final int DEFAULT_MEMORY = 2000;

    /** The temperature of the same comparison; the paper's 1 says less about classes that are not in the picture. */
    public static final double DEFAULT_TEMPERATURE = 2;

    /** Checks the ranges. */
    public NearestMean {
        checkArgument(memory >= 1, "memory must be at least 1, got %s", memory);
        checkArgument(
                temperature > 0 && Double.isFinite(temperature),
                "temperature must be above 0 and finite, got %s",
                temperature);
    }

    @Override
    public String name() {
        return "icarl";
    }

    @Override
    public ImmutableSet<Scenario> scenarios() {
        return ImmutableSet.of(Scenario.TASK, Scenario.CLASS);
    }

    @Override
    public void check(TaskSequence sequence) {
        int classes = OutputLayout.of(sequence).count();
        if (memory < classes) {
            throw new InputException(
                    "strategy icarl cannot give each of %d classes an exemplar with memory %d: set memory to %d or more"
                            .formatted(classes, memory, classes));
        }
    }

    @Override
    public int extraRows(int replayed) {
        return replayed;
    }

    @Override
    public StrategyTraits traits() {
        return PlainStrategy.super
                .traits()
                .storing(memory)
                .without(StrategyTraits.Setting.VALIDATION)
                .without(StrategyTraits.Setting.CLASS_WEIGHTS)
                .without(StrategyTraits.Setting.REGRESSION);
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        long sets = ExemplarSets.bytes(memory, network.features(), network.topValues(), network.outputs());
        return OptionalLong.of(sets + Float.BYTES * network.parameters());
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(this, training);
    }

    private static final class Learner implements TaskLearner {
        private final NearestMean icarl;
        private final PlainTraining training;
        private final PlainNetwork before;
        private final ExemplarSets sets;
        private final RandomGenerator choosing;
        private final int outputs;
        /** Outputs of earlier tasks. */
        private int known;

        private double replayedPerExample;
        private double due;

        Learner(NearestMean icarl, PlainTraining training) {
            this.icarl = icarl;
            this.training = training;
            this.before = training.secondNetwork();
            this.sets = new ExemplarSets(icarl.memory, training);
            this.choosing = training.random("exemplars");
            this.outputs = training.outputs().count();
        }

        @Override
        public void begin(LearnedTask task) {
            replayedPerExample = Math.min(1, sets.size() / (double) task.size());
        }

        @Override
        public double step(Batch batch) {
            int present = batch.size();
            for (due += present * replayedPerExample; due >= 1; due--) {
                sets.addAny(choosing, batch);
            }
            float[] taught = known > 0 ? before.forward(batch) : new float[0];
            float[] logits = training.forward(batch);
            double loss = 0;
            for (int row = 0; row < batch.size(); row++) {
                double ofRow = crossEntropy(batch, row, logits, taught);
                loss += row < present ? ofRow : 0;
            }
            training.backward();
            training.move();
            return loss / present;
        }

        private double crossEntropy(Batch batch, int row, float[] logits, float[] taught) {
            int end = training.outputs().learning(training.task()).to();
            double loss = 0;
            for (int o = 0; o < end; o++) {
                int at = row * outputs + o;
                double label = o == batch.target(row) ? 1 : 0;
                double wanted = o < known ? sigmoid(taught[at] / icarl.temperature) : label;
                training.logitGradient()[at] = (float) ((sigmoid(logits[at]) - wanted) / batch.size());
                loss += Math.max(logits[at], 0) + Math.log1p(Math.exp(-Math.abs(logits[at]))) - wanted * logits[at];
            }
            return loss;
        }

        private static double sigmoid(double logit) {
            return 1 / (1 + Math.exp(-logit));
        }

        @Override
        public void end(LearnedTask task) {
            sets.choose(task);
            sets.average();
            float[] parameters = training.network().parameters();
            before.write(kept -> System.arraycopy(parameters, 0, kept, 0, kept.length));
            known = training.outputs().learning(task.index()).to();
        }

        @Override
        public void beforeInterimScores() {
            sets.average();
        }

        /** Its classes have no exemplars yet. */
        @Override
        public boolean answersPresentTask() {
            return false;
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            sets.state(state.part("sets"));
            state.random("choosing", choosing);
            known = state.count("known", known);
            due = state.number("due", due);
            replayedPerExample = state.number("replayedPerExample", replayedPerExample);
        }

        @Override
        public float[] scores(Batch batch, int task) {
            return sets.answering().scores(training.network(), batch, task);
        }

        /** Distances tell what is nearer, not how likely it is. */
        @Override
        public boolean hasProbabilities() {
            return false;
        }

        @Override
        public Optional<Answering> answering() {
            return Optional.of(sets.answering());
        }

        @Override
        public long memoryBytes() {
            return sets.bytes() + (long) Float.BYTES * before.parameters().length;
        }
    }
}
