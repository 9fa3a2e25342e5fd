package sluice.framework.strategy;

import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import sluice.framework.internal.state.State;
import sluice.framework.plain.ParameterBlock;

/** The attention that tasks pay to hidden units, how it is learned, and what it holds: the state of {@link HardAttention}. */
final class TaskAttention {
    private static final double LARGEST_EMBEDDING = 6;
    private static final double LARGEST_ARGUMENT = 50;

    private final HardAttention hat;
    private final List<ParameterBlock> layers;
    /** Per task and hidden layer. */
    private final double[][][] embeddings;
    /** The gradient at those of the task that is learned. */
    private final double[][] gradient;
    /** Per hidden layer, A. */
    private final float[][] cumulated;

    private final float[][] attention;
    private double free;

    /**
     * @param layers the hidden ones
     */
    TaskAttention(HardAttention hat, int tasks, List<ParameterBlock> layers, RandomGenerator random) {
        this.hat = hat;
        this.layers = layers;
        this.embeddings = new double[tasks][layers.size()][];
        this.gradient = new double[layers.size()][];
        this.cumulated = new float[layers.size()][];
        this.attention = new float[layers.size()][];
        for (int l = 0; l < layers.size(); l++) {
            int units = layers.get(l).units();
            gradient[l] = new double[units];
            cumulated[l] = new float[units];
            attention[l] = new float[units];
            free += units;
        }
        for (double[][] ofTask : embeddings) {
            for (int l = 0; l < ofTask.length; l++) {
                ofTask[l] = DoubleStream.generate(random::nextGaussian)
                        .limit(layers.get(l).units())
                        .toArray();
            }
        }
    }

    /** {@code sigm(s e)} per hidden layer, overwritten by the next call. */
    float[][] at(int task, double s) {
        for (int l = 0; l < attention.length; l++) {
            for (int u = 0; u < attention[l].length; u++) {
                attention[l][u] = (float) (1 / (1 + Math.exp(-s * embeddings[task][l][u])));
            }
        }
        return attention;
    }

    /**
     * Forms the gradient at a task's embeddings, the regulariser's included.
     *
     * @param atGates the loss's gradient at a hidden layer's gates
     * @return the sum of its squares
     */
    double formGradient(int task, double s, IntFunction<float[]> atGates) {
        double squares = 0;
        for (int l = 0; l < gradient.length; l++) {
            float[] ofLoss = atGates.apply(l);
            for (int u = 0; u < gradient[l].length; u++) {
                // once every unit is used to the full there is nothing left to be sparing with
                double ofRegulariser = free > 0 ? hat.lambda() * (1 - cumulated[l][u]) / free : 0;
                gradient[l][u] = (ofLoss[u] + ofRegulariser) * slope(s, embeddings[task][l][u]);
                squares += gradient[l][u] * gradient[l][u];
            }
        }
        return squares;
    }

    /** What a gradient at a gate is multiplied by at its embedding: {@code s a (1 - a)}, compensated; there s cancels. */
    private double slope(double s, double embedding) {
        double argument = Math.abs(s * embedding);
        double cut = argument > LARGEST_ARGUMENT ? (Math.cosh(LARGEST_ARGUMENT) + 1) / (Math.cosh(argument) + 1) : 1;
        return cut * hat.sMax() / (2 * (Math.cosh(embedding) + 1));
    }

    /** Moves a task's embeddings against the gradient. */
    void move(int task, double rate) {
        for (int l = 0; l < gradient.length; l++) {
            double[] own = embeddings[task][l];
            for (int u = 0; u < own.length; u++) {
                double moved = own[u] - rate * gradient[l][u];
                own[u] = Math.max(-LARGEST_EMBEDDING, Math.min(LARGEST_EMBEDDING, moved));
            }
        }
    }

    /** Scales by {@code 1 - min(A_out, A_in)}; a bias is like the weight of an input that every task uses, and so are those of the lowest layer. */
    void hold(float[] parameterGradient) {
        for (int l = 0; l < cumulated.length; l++) {
            ParameterBlock block = layers.get(l);
            for (int i = 0; i <= block.inputs(); i++) {
                float below = l == 0 || i == block.inputs() ? 1 : cumulated[l - 1][i / inputsPerUnit(l)];
                hold(parameterGradient, block.weight(i, 0), cumulated[l], below);
            }
        }
    }

    /** Weights to each unit below: one, but where that is a map. */
    private int inputsPerUnit(int layer) {
        return layers.get(layer).inputs() / layers.get(layer - 1).units();
    }

    private static void hold(float[] parameterGradient, int start, float[] above, float below) {
        for (int u = 0; u < above.length; u++) {
            parameterGradient[start + u] *= 1 - Math.min(above[u], below);
        }
    }

    /** Tells embeddings, and what is held. */
    void state(State state) {
        for (int t = 0; t < embeddings.length; t++) {
            for (int l = 0; l < layers.size(); l++) {
                String name = "embeddings-%d-%d".formatted(t + 1, l + 1);
                if (state.has(name)) {
                    state.doubles(name, embeddings[t][l]);
                }
            }
        }
        for (int l = 0; l < layers.size(); l++) {
            state.floats("cumulated-" + (l + 1), cumulated[l]);
        }
        free = state.number("free", free);
    }

    /** Adds what a learned task attends to, to what is held. */
    void cumulate(int task) {
        at(task, hat.sMax());
        free = 0;
        for (int l = 0; l < cumulated.length; l++) {
            for (int u = 0; u < cumulated[l].length; u++) {
                cumulated[l][u] = Math.max(cumulated[l][u], attention[l][u]);
                free += 1 - cumulated[l][u];
            }
        }
    }

    long bytes() {
        long units = layers.stream().mapToLong(ParameterBlock::units).sum();
        return bytes(units, embeddings.length);
    }

    /** An embedding per task, and the cumulated attention. */
    static long bytes(long units, int tasks) {
        return units * ((long) Double.BYTES * tasks + Float.BYTES);
    }
}
