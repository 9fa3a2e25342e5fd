package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import sluice.framework.internal.state.State;
import sluice.framework.network.NetworkCost;
import sluice.framework.plain.Answering;
import sluice.framework.plain.Batch;
import sluice.framework.plain.UnitGates;

/**
 * Context-dependent gating, XdG (Masse, Grant and Freedman 2018): each task has its own hidden units, drawn once; the
 * others are closed while it is learned and when it is asked for, so that tasks share few weights. On top of it the
 * strength {@code c} of {@link SynapticIntelligence} may hold on to the weights that they do share, which is what the
 * authors recommend. Without it, nothing that two tasks share is protected.
 *
 * @param closed share of each hidden layer's units that a task closes, in [0, 1); at least one unit stays open
 * @param c strength of synaptic intelligence, at least 0; 0 for gating alone
 */
public record ContextGating(double closed, double c) implements TaskToldStrategy {
    /** What forgets least on split MNIST by gating alone; with synaptic intelligence the authors' 0.8 does as well. */
    public static final double DEFAULT_CLOSED = 0.9;

    private static final double XI = 0.1;

    /** Checks the ranges. */
    public ContextGating {
        checkArgument(closed >= 0 && closed < 1, "closed must be in [0, 1), got %s", closed);
        checkArgument(c >= 0 && Double.isFinite(c), "c must be at least 0 and finite, got %s", c);
    }

    @Override
    public String name() {
        return "xdg";
    }

    @Override
    public OptionalLong memoryBytes(NetworkCost network, int tasks) {
        long gates = gateBytes(network.hiddenUnits(), tasks);
        return OptionalLong.of(gates + (c > 0 ? PathImportance.bytes(network.parameters()) : 0));
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return c > 0 ? new Stabilised(this, training) : new Learner(this, training);
    }

    private static long gateBytes(long units, int tasks) {
        return units * Float.BYTES * tasks;
    }

    private static class Learner implements TaskLearner {
        private final PlainTraining training;
        /** Per task and hidden layer, 1 where a unit is open. */
        private final float[][][] gates;

        Learner(ContextGating gating, PlainTraining training) {
            this.training = training;
            this.gates = new float[training.tasks()]
                    [training.network().hiddenBlocks().size()][];
            RandomGenerator random = training.random("context-gates");
            for (float[][] ofTask : gates) {
                for (int l = 0; l < ofTask.length; l++) {
                    ofTask[l] = draw(training.network().blocks().get(l).units(), gating.closed, random);
                }
            }
        }

        /** Closes exactly the share, so that tasks have units enough alike. */
        private static float[] draw(int units, double closed, RandomGenerator random) {
            float[] open = new float[units];
            Arrays.fill(open, 1);
            int left = (int) Math.min(units - 1, Math.round(closed * units));
            for (int u = 0; u < units; u++) {
                if (random.nextInt(units - u) < left) {
                    open[u] = 0;
                    left--;
                }
            }
            return open;
        }

        @Override
        public double step(Batch batch) {
            training.forward(batch, gates[training.task()]);
            double loss = training.loss(batch, 0, batch.size(), 1);
            training.backward();
            move();
            return loss;
        }

        void move() {
            training.move();
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {}

        @Override
        public float[] scores(Batch batch, int task) {
            return training.forward(batch, gates[task]);
        }

        @Override
        public Optional<Answering> answering() {
            return Optional.of(new UnitGates(gates));
        }

        @Override
        public long memoryBytes() {
            long units = 0;
            for (float[] ofLayer : gates[0]) {
                units += ofLayer.length;
            }
            return gateBytes(units, gates.length);
        }
    }

    private static final class Stabilised extends Learner {
        private final PathImportance path;

        Stabilised(ContextGating gating, PlainTraining training) {
            super(gating, training);
            this.path = new PathImportance(gating.c, XI, training);
        }

        @Override
        void move() {
            path.move();
        }

        @Override
        public void state(State state) {
            path.state(state);
        }

        @Override
        public void end(LearnedTask task) {
            path.consolidate();
        }

        @Override
        public long memoryBytes() {
            return super.memoryBytes() + path.bytes();
        }
    }
}
