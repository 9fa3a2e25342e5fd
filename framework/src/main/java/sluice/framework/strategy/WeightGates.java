package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Answering;
import sluice.framework.plain.Batch;
import sluice.framework.plain.EntryOptimizer;
import sluice.framework.plain.MaskedParameters;
import sluice.framework.plain.ParameterBlock;
import sluice.framework.plain.PlainNetwork;

/**
 * A gate on every hidden weight. A task begins with all gates open of weights that no earlier task keeps, which are drawn
 * anew for it; while it is learned they close, those with the smallest weights of a layer first, many in the beginning
 * and fewer and fewer towards the end (the cubic schedule of Zhu and Gupta 2017), and what is still open is trained for
 * the rest of the steps and kept as it is. A closed gate is exactly 0 and stays closed for the task; the weight behind it
 * is free for the next one. There are no hidden biases. The outputs of a task, which nothing shares, are its own, with
 * all of their weights.
 *
 * <p>Against {@link PackNet}, which closes once: a task that closes little by little is as good with a small part of the
 * weights, so that one network holds many; and a task need not use what earlier ones keep, which on inputs that have
 * little in common is noise.
 *
 * <p>What an earlier task keeps is never given to the optimiser, and a task is asked for with its own mask: nothing is
 * forgotten, bit for bit.
 *
 * @param kept share of each hidden layer's weights that a task keeps, as far as so many are free, in (0, 1]
 * @param closing share of a task's steps after which no more gates close, in [0.1, 1)
 * @param reuse whether a task uses what earlier tasks keep, too
 */
public record WeightGates(double kept, double closing, boolean reuse) implements TaskToldStrategy {
    /** The rest of the steps is enough for what is left open. */
    public static final double DEFAULT_CLOSING = 0.6;

    /** Share of a task's steps before which none closes. */
    private static final double OPEN = 0.1;
    /** A task's steps for those between two closings. */
    private static final int CLOSINGS = 300;

    /** Checks the ranges. */
    public WeightGates {
        checkArgument(kept > 0 && kept <= 1, "kept must be in (0, 1], got %s", kept);
        checkArgument(closing >= OPEN && closing < 1, "closing must be in [0.1, 1), got %s", closing);
    }

    /**
     * A share that leaves room for every task, and for one and a half times as many more.
     *
     * @param tasks of the sequence, at least 1
     * @return kept
     */
    public static double defaultKept(int tasks) {
        checkArgument(tasks >= 1, "tasks must be at least 1, got %s", tasks);
        return 0.4 / tasks;
    }

    @Override
    public String name() {
        return "weight-gates";
    }

    /** Gates close after shares of all steps, so that none may be left out. */
    @Override
    public StrategyTraits traits() {
        return TaskToldStrategy.super.traits().without(StrategyTraits.Setting.VALIDATION);
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        return OptionalLong.of((long) Long.BYTES * tasks * MaskedParameters.words(network.parameters()));
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(this, training);
    }

    /** Share of the gates to close that are still open after so many steps. */
    double open(long step, long steps) {
        double progress = (step - OPEN * steps) / ((closing - OPEN) * steps);
        return progress >= 1 ? 0 : Math.pow(1 - Math.max(0, progress), 3);
    }

    private static final class Learner implements TaskLearner {
        private final WeightGates settings;
        private final PlainTraining training;
        private final PlainNetwork network;
        private final LargestMagnitudes largest;
        /** Per task, a bit per parameter: those of earlier tasks are fixed, that of the present one has its open gates. */
        private final long[][] masks;
        /** What tasks keep; in the place of what none does, what it was drawn as. */
        private final float[] kept;
        /** The network's own parameters, while a task is asked for; weights of a layer whose gates may close. */
        private final float[] scratch;
        /** Of the present task, per hidden layer, weights that were free when it began. */
        private final int[] free;

        private final MaskedParameters answers;
        private EntryOptimizer optimizer;
        private int[] entries = {};
        private long steps;
        private long step;
        private boolean learning;

        Learner(WeightGates settings, PlainTraining training) {
            this.settings = settings;
            this.training = training;
            this.network = training.network();
            int parameters = network.parameters().length;
            this.largest = new LargestMagnitudes(parameters);
            this.masks = new long[training.tasks()][MaskedParameters.words(parameters)];
            this.kept = network.parameters().clone();
            this.scratch = new float[parameters];
            this.free = new int[network.hiddenBlocks().size()];
            this.answers = new MaskedParameters(masks);
            this.optimizer = new EntryOptimizer(training.rule(), training.gradientClip(), entries);
            for (int task = 0; task < masks.length; task++) {
                open(task, i -> true);
            }
        }

        /** Opens its own outputs, and of the hidden weights those that are chosen. */
        private void open(int task, IntPredicate weights) {
            Arrays.fill(masks[task], 0);
            for (ParameterBlock block : network.hiddenBlocks()) {
                for (int i = block.start(); i < block.biases(); i++) {
                    set(masks[task], i, weights.test(i));
                }
            }
            for (int i : training.outputParameters(task)) {
                set(masks[task], i, true);
            }
        }

        private static void set(long[] mask, int i, boolean open) {
            if (open) {
                mask[i / Long.SIZE] |= 1L << i;
            } else {
                mask[i / Long.SIZE] &= ~(1L << i);
            }
        }

        private static boolean isOpen(long[] mask, int i) {
            return (mask[i / Long.SIZE] >>> i & 1) == 1;
        }

        /** Whether an earlier task keeps it. */
        private boolean isKept(int i, int task) {
            for (int earlier = 0; earlier < task; earlier++) {
                if (isOpen(masks[earlier], i)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void begin(LearnedTask task) {
            int index = task.index();
            drawFree(index);
            open(index, i -> settings.reuse || !isKept(i, index));
            network.write(parameters -> copyOpen(masks[index], kept, parameters));
            beginEntries(index);
            steps = task.steps();
            step = 0;
            learning = true;
        }

        private void drawFree(int task) {
            RandomGenerator random = training.random("weights of task " + task);
            for (ParameterBlock block : network.hiddenBlocks()) {
                double bound = Math.sqrt(1.0 / block.inputs());
                for (int i = block.start(); i < block.biases(); i++) {
                    if (!isKept(i, task)) {
                        kept[i] = (float) ((2 * random.nextDouble() - 1) * bound);
                    }
                }
            }
        }

        private static void copyOpen(long[] mask, float[] from, float[] to) {
            for (int i = 0; i < to.length; i++) {
                to[i] = isOpen(mask, i) ? from[i] : 0;
            }
        }

        /** What the task may move yet. */
        private void beginEntries(int task) {
            for (int l = 0; l < free.length; l++) {
                ParameterBlock block = network.blocks().get(l);
                free[l] = (int) IntStream.range(block.start(), block.biases())
                        .filter(i -> !isKept(i, task))
                        .count();
            }
            entries = IntStream.range(0, kept.length)
                    .filter(i -> isOpen(masks[task], i) && !isKept(i, task))
                    .toArray();
            optimizer = new EntryOptimizer(training.rule(), training.gradientClip(), entries);
        }

        @Override
        public double step(Batch batch) {
            if (step % Math.max(1, steps / CLOSINGS) == 0) {
                close(settings.open(step, steps));
            }
            step++;
            double loss = training.loss(batch);
            float[] gradient = network.gradient();
            network.write(parameters -> optimizer.step(parameters, gradient, training.learningRateFactor()));
            return loss;
        }

        /**
         * Closes the gates of a layer's smallest weights.
         *
         * @param share of those that close while the task is learned, how many are to be open still
         */
        private void close(double share) {
            long[] mask = masks[training.task()];
            int before = entries.length;
            int from = 0;
            for (int l = 0; l < free.length; l++) {
                from = close(network.blocks().get(l), share, l, from);
            }
            int[] still = IntStream.of(entries).filter(i -> isOpen(mask, i)).toArray();
            if (still.length < before) {
                optimizer = optimizer.narrowed(still);
                entries = still;
            }
        }

        /** The same of a layer whose entries begin at a place; returns where they end. */
        private int close(ParameterBlock block, double share, int layer, int from) {
            float[] parameters = network.parameters();
            int to = from;
            while (to < entries.length && entries[to] < block.biases()) {
                scratch[to - from] = parameters[entries[to++]];
            }
            int open = Math.min(free[layer], (int) Math.round(settings.kept * block.inputs() * block.units()));
            int count = open + (int) Math.round(share * (free[layer] - open));
            if (count < to - from) {
                float least = count == 0 ? Float.POSITIVE_INFINITY : largest.smallestOf(count, scratch, 0, to - from);
                int first = from;
                int end = to;
                network.write(own -> closeBelow(least, own, first, end));
            }
            return to;
        }

        private void closeBelow(float least, float[] parameters, int from, int to) {
            for (int e = from; e < to; e++) {
                int i = entries[e];
                if (Math.abs(parameters[i]) < least) {
                    parameters[i] = 0;
                    set(masks[training.task()], i, false);
                }
            }
        }

        @Override
        public void end(LearnedTask task) {
            // before its time, where the task is ended early
            close(0);
            float[] parameters = network.parameters();
            for (int i : entries) {
                kept[i] = parameters[i];
            }
            learning = false;
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            state.floats("kept", kept, network.form());
            answers.tell(state, network.form());
            step = state.count("step", step);
            learning = state.count("learning", learning ? 1 : 0) == 1;
            if (state.restores()) {
                beginEntries(training.task());
            }
            optimizer.state(state.part("optimizer"));
        }

        @Override
        public float[] scores(Batch batch, int task) {
            if (learning && task == training.task()) {
                return training.forward(batch);
            }
            System.arraycopy(network.parameters(), 0, scratch, 0, scratch.length);
            answers.show(network, kept, task);
            float[] scores = training.forward(batch);
            network.write(parameters -> System.arraycopy(scratch, 0, parameters, 0, scratch.length));
            return scores;
        }

        @Override
        public Optional<Answering> answering() {
            network.write(parameters -> System.arraycopy(kept, 0, parameters, 0, kept.length));
            return Optional.of(answers);
        }

        @Override
        public Optional<WeightCapacity> capacity(int tasks) {
            return Optional.of(WeightCapacity.of(network, masks, tasks));
        }

        @Override
        public long memoryBytes() {
            return answers.bytes();
        }
    }
}
