package sluice.framework.strategy;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sluice.framework.internal.state.State;
import sluice.framework.plain.Batch;
import sluice.framework.plain.ParameterBlock;
import sluice.framework.plain.PlainNetwork;

/**
 * Gradient projection memory, GPM (Saha, Garg and Roy 2021): when a task ends, the inputs of every hidden layer are looked at
 * for some of its examples, and the directions that hold most of their energy are kept; later tasks move the layer's
 * weights at right angles to what is kept, so that what the layer says of earlier inputs hardly changes. Biases are
 * weights of an input that is always 1. The outputs of a task, which nothing shares, are its own. Layers of maps are
 * learned by the first task alone.
 *
 * <p>What is left of the energy, and an optimiser that scales entries one by one (Adam), let earlier answers drift: no
 * promise that nothing is forgotten. Moments begin anew with every task.
 *
 * @param threshold share of the energy of the lowest layer's inputs that is kept, in (0, 1]
 * @param upperThreshold the same of the layers above
 * @param growth what is added to both with each task, at least 0; they stay at most 1
 * @param examples of each task that are looked at, at least 1
 */
public record GradientProjectionMemory(double threshold, double upperThreshold, double growth, int examples)
        implements TaskToldStrategy {
    /** What the authors take for permutations of MNIST. */
    public static final GradientProjectionMemory DEFAULT = new GradientProjectionMemory(0.95, 0.99, 0, 300);

    /** Checks the ranges. */
    public GradientProjectionMemory {
        checkArgument(threshold > 0 && threshold <= 1, "threshold must be in (0, 1], got %s", threshold);
        checkArgument(
                upperThreshold > 0 && upperThreshold <= 1, "upperThreshold must be in (0, 1], got %s", upperThreshold);
        checkArgument(growth >= 0 && Double.isFinite(growth), "growth must be at least 0 and finite, got %s", growth);
        checkArgument(examples >= 1, "examples must be at least 1, got %s", examples);
    }

    @Override
    public String name() {
        return "gpm";
    }

    @Override
    public TaskLearner begin(PlainTraining training) {
        return new Learner(this, training);
    }

    private double thresholdOf(int layer, int task) {
        return Math.min(1, (layer == 0 ? threshold : upperThreshold) + growth * task);
    }

    private static final class Learner implements WholeNetworkLearner {
        private final GradientProjectionMemory settings;
        private final PlainTraining training;
        private final PlainNetwork network;
        /** Of the fully connected hidden layers, from the lowest on. */
        private final List<InputSpace> spaces = new ArrayList<>();
        /** Per such layer, inputs of the batch, each with a 1 after it. */
        private final List<float[]> inputs = new ArrayList<>();

        private final float[] scratch;

        Learner(GradientProjectionMemory settings, PlainTraining training) {
            this.settings = settings;
            this.training = training;
            this.network = training.network();
            int widest = 0;
            for (ParameterBlock block : upperBlocks()) {
                spaces.add(new InputSpace(block.inputs() + 1));
                inputs.add(new float[network.rows() * (block.inputs() + 1)]);
                widest = Math.max(widest, block.inputs() + 1);
            }
            this.scratch = new float[widest];
        }

        private List<ParameterBlock> upperBlocks() {
            return network.hiddenBlocks()
                    .subList(network.maps(), network.hiddenBlocks().size());
        }

        @Override
        public PlainTraining training() {
            return training;
        }

        @Override
        public void begin(LearnedTask task) {
            training.optimizer().reset();
        }

        @Override
        public double step(Batch batch) {
            if (training.task() == 0) {
                double loss = training.loss(batch);
                training.move();
                return loss;
            }
            training.forward(batch);
            double loss = training.loss(batch, 0, batch.size(), 1);
            lookAtInputs(batch);
            training.backward();
            for (int l = 0; l < network.maps(); l++) {
                ParameterBlock block = network.blocks().get(l);
                Arrays.fill(network.gradient(), block.start(), block.end(), 0);
            }
            for (int l = 0; l < spaces.size(); l++) {
                project(l, batch.size());
            }
            training.move();
            return loss;
        }

        /** Of the batch that was pushed through last. */
        private void lookAtInputs(Batch batch) {
            for (int l = 0; l < spaces.size(); l++) {
                float[] below = l + network.maps() == 0 ? batch.inputs() : network.hidden(l + network.maps() - 1);
                int width = upperBlocks().get(l).inputs();
                for (int row = 0; row < batch.size(); row++) {
                    int at = row * (width + 1);
                    System.arraycopy(below, row * width, inputs.get(l), at, width);
                    inputs.get(l)[at + width] = 1;
                }
            }
        }

        /**
         * Writes the gradient of a layer's weights and biases at right angles to what is kept: a gradient is a sum over
         * examples of inputs times what comes back, so that it is enough to project the inputs.
         */
        private void project(int layer, int rows) {
            ParameterBlock block = upperBlocks().get(layer);
            float[] of = inputs.get(layer);
            float[] deltas = network.deltas(network.maps() + layer);
            float[] gradient = network.gradient();
            Arrays.fill(gradient, block.start(), block.end(), 0);
            int width = block.inputs() + 1;
            for (int row = 0; row < rows; row++) {
                spaces.get(layer).reject(of, row * width, scratch);
                for (int i = 0; i < width; i++) {
                    add(of[row * width + i], deltas, row * block.units(), gradient, block.weight(i, 0), block.units());
                }
            }
        }

        private static void add(float x, float[] deltas, int from, float[] gradient, int to, int units) {
            for (int u = 0; u < units; u++) {
                gradient[to + u] += x * deltas[from + u];
            }
        }

        /** Of examples that lie as far apart as they can. */
        @Override
        public void end(LearnedTask task) {
            int many = Math.min(settings.examples, task.size());
            double[][][] seen = new double[spaces.size()][many][];
            int[] place = new int[2];
            task.forEachBatch(batch -> {
                training.forward(batch);
                lookAtInputs(batch);
                for (int row = 0; row < batch.size(); row++, place[0]++) {
                    if (place[1] < many && place[0] == (long) place[1] * task.size() / many) {
                        for (int l = 0; l < seen.length; l++) {
                            seen[l][place[1]] = row(l, row);
                        }
                        place[1]++;
                    }
                }
            });
            for (int l = 0; l < seen.length; l++) {
                spaces.get(l).grow(seen[l], settings.thresholdOf(network.maps() + l, task.index()));
            }
        }

        private double[] row(int layer, int row) {
            int width = upperBlocks().get(layer).inputs() + 1;
            return IntStream.range(row * width, (row + 1) * width)
                    .mapToDouble(i -> inputs.get(layer)[i])
                    .toArray();
        }

        @Override
        public boolean keepsState() {
            return true;
        }

        @Override
        public void state(State state) {
            for (int l = 0; l < spaces.size(); l++) {
                spaces.get(l).state(state.part("space-" + (l + 1)));
            }
        }

        @Override
        public long memoryBytes() {
            return spaces.stream().mapToLong(InputSpace::bytes).sum();
        }
    }
}
