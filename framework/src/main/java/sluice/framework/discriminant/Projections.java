package sluice.framework.discriminant;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import sluice.framework.internal.kernel.Lanes;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;

/**
 * Features of vectors: {@code max(0, W x' + b)} with W and b normal. {@code x'} is x less its mean, divided by
 * {@code sqrt(v + mean of v)}, where the variance v of each input is that of the first task's training examples: scales are
 * evened out, but inputs that hardly ever move are not blown up, and constant ones are 0.
 *
 * @param means by input
 * @param scales by input, at least 0
 * @param weights [features, inputs], row-major
 * @param biases by feature
 */
record Projections(float[] means, float[] scales, float[] weights, float[] biases) implements RandomFeatures {
    private static final double BIAS_SPREAD = 0.5;

    /** Draws projections for inputs that move as those of some examples do. */
    static Projections draw(Examples examples, int count, RandomGenerator random) {
        int inputs = examples.features();
        double[] sums = new double[inputs];
        double[] squares = new double[inputs];
        float[] row = new float[inputs];
        for (int e = 0; e < examples.size(); e++) {
            examples.read(e, row);
            for (int i = 0; i < inputs; i++) {
                sums[i] += row[i];
            }
        }
        for (int e = 0; e < examples.size(); e++) {
            examples.read(e, row);
            for (int i = 0; i < inputs; i++) {
                double distance = row[i] - sums[i] / examples.size();
                squares[i] += distance * distance;
            }
        }
        double mean = 0;
        for (int i = 0; i < inputs; i++) {
            squares[i] /= examples.size();
            mean += squares[i] / inputs;
        }
        float[] means = new float[inputs];
        float[] scales = new float[inputs];
        double energy = 0;
        for (int i = 0; i < inputs; i++) {
            means[i] = (float) (sums[i] / examples.size());
            scales[i] = mean > 0 ? (float) (1 / Math.sqrt(squares[i] + mean)) : 0;
            energy += squares[i] * scales[i] * scales[i];
        }
        double spread = energy > 0 ? 1 / Math.sqrt(energy) : 0;
        float[] weights = new float[Math.multiplyExact(count, inputs)];
        float[] biases = new float[count];
        for (int f = 0, at = 0; f < count; f++) {
            biases[f] = (float) (BIAS_SPREAD * random.nextGaussian());
            for (int i = 0; i < inputs; i++, at++) {
                weights[at] = (float) (spread * random.nextGaussian());
            }
        }
        return new Projections(means, scales, weights, biases);
    }

    @Override
    public int inputs() {
        return means.length;
    }

    @Override
    public int count() {
        return biases.length;
    }

    @Override
    public int groups() {
        return (count() + GATE - 1) / GATE;
    }

    @Override
    public int group(int feature) {
        return feature / GATE;
    }

    @Override
    public Projections restricted(UnitSet open) {
        int inputs = inputs();
        float[] fewer = new float[weights.length];
        float[] fewerBiases = new float[count()];
        int kept = 0;
        for (int f = 0; f < count(); f++) {
            if (open.contains(group(f))) {
                System.arraycopy(weights, f * inputs, fewer, kept * inputs, inputs);
                fewerBiases[kept++] = biases[f];
            }
        }
        return new Projections(means, scales, Arrays.copyOf(fewer, kept * inputs), Arrays.copyOf(fewerBiases, kept));
    }

    @Override
    public long parameters() {
        return weights.length + biases.length + 2L * inputs();
    }

    @Override
    public long multiplyAdds() {
        return weights.length;
    }

    @Override
    public FeaturePass begin(Lanes lanes, FeatureUse use) {
        return new ProjectionPass(this, lanes);
    }
}
