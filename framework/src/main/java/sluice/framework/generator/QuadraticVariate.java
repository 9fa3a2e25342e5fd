package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import sluice.framework.internal.dense.Columns;
import sluice.framework.internal.dense.DenseMap;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.kernel.NativeMatrix;
import sluice.gating.GradientEstimator;
import sluice.gating.Probe;

/**
 * A control variate for one layer of latents below a linear map to Bernoulli features: the second-order expansion of the
 * reconstruction loss around the means of the latents, whose expectation is known. With q the probabilities, W the weights,
 * {@code v = (h - q) W}, and the logits' variances under q, {@code kappa = (1 + pi var / 8)^(-1/2)} and
 * {@code s = sigm(kappa qW + b)} (MacKay 1992, eq. 10, for a logistic function under a Gaussian):
 * {@code c(h) = f(qW + b) + sum_j (s - x)_j v_j + kappa_j s_j (1 - s_j) v_j^2 / 2}, f being the loss. It is taken from the losses that an estimator is told,
 * and the gradient of its mean is added, so that an unbiased estimate stays unbiased.
 */
final class QuadraticVariate implements AutoCloseable {
    private final LatentLayer layer;
    private final DenseMap output;
    private final int units;
    private final int generated;
    private final NativeMatrix squares;
    private final NativeMatrix probabilities;
    private final NativeMatrix spreads;
    private final NativeMatrix meanLogits;
    private final NativeMatrix variances;
    private final NativeMatrix slopes;
    private final NativeMatrix curvatures;
    private final NativeMatrix first;
    private final NativeMatrix second;
    private final NativeMatrix groupMeans;
    private final float[] one;
    private final float[] two;
    private final float[] three;
    private final float[] jacobian;
    private final float[] means;
    private final double[] constants;
    private GeneratorPass pass;

    QuadraticVariate(GeneratorShape shape, GeneratorParts parts, int rows) {
        this.layer = shape.latents().get(0);
        this.output = parts.output().last();
        this.units = layer.units();
        this.generated = shape.generated();
        this.squares = NativeMatrix.allocate(units, generated);
        this.probabilities = NativeMatrix.allocate(rows, units);
        this.spreads = NativeMatrix.allocate(rows, units);
        this.meanLogits = NativeMatrix.allocate(rows, generated);
        this.variances = NativeMatrix.allocate(rows, generated);
        this.slopes = NativeMatrix.allocate(rows, generated);
        this.curvatures = NativeMatrix.allocate(rows, generated);
        this.first = NativeMatrix.allocate(rows, units);
        this.second = NativeMatrix.allocate(rows, units);
        this.groupMeans = NativeMatrix.allocate(rows, generated);
        int longest = Math.max(units, generated);
        this.one = new float[longest];
        this.two = new float[longest];
        this.three = new float[longest];
        this.jacobian = new float[units];
        this.means = new float[units];
        this.constants = new double[rows];
    }

    /**
     * @throws IllegalArgumentException if a network or an estimator has no use for it
     */
    static void check(GeneratorShape shape, GradientEstimator estimator, int samples) {
        checkArgument(
                shape.kind() == GeneratorShape.Kind.AUTOENCODER
                        && shape.isLinear()
                        && shape.latents().size() == 1
                        && shape.classes() == 0,
                "the quadratic control variate is for an autoencoder with linear maps, one layer of latents and no class:"
                        + " leave it out");
        checkArgument(
                samples == 1,
                "the quadratic control variate is for a bound of one sample, got %s: leave it out",
                samples);
        checkArgument(
                estimator.begin(shape.latents().get(0).layout(1)).probes().stream()
                        .allMatch(probe ->
                                probe.needsLoss() && !probe.needsUpstream() && probe.values() == Probe.Values.BINARY),
                "the quadratic control variate is for estimators that are told losses alone, not for %s: use unbiased, centred,"
                        + " leave-one-out or disarm, or leave it out",
                estimator.name());
    }

    /** Takes up the posterior of the samples that a pass has encoded. */
    void prepare(Lane lane, GeneratorPass encoded, int rows) {
        pass = encoded;
        squareWeights();
        for (int r = 0; r < rows; r++) {
            pass.posterior(lane, 0, r);
            float[] q = pass.density(0).probabilities();
            for (int i = 0; i < units; i++) {
                one[i] = layer.isCategorical() ? q[i] : q[i] * (1 - q[i]);
            }
            probabilities.put(r, 0, q, 0, units);
            spreads.put(r, 0, one, 0, units);
        }
        output.forward(lane, new Columns(probabilities, 0, units), meanLogits, rows);
        lane.gemm()
                .left(spreads, 0, 0)
                .right(squares, 0, 0)
                .into(variances, 0, 0)
                .multiply(rows, generated, units);
        if (layer.isCategorical()) {
            subtractGroups(lane, rows);
        }
        expand(lane, rows);
        lane.gemm()
                .left(slopes, 0, 0)
                .rightTransposed(output.weights(), 0, 0)
                .into(first, 0, 0)
                .multiply(rows, units, generated);
        lane.gemm()
                .left(curvatures, 0, 0)
                .rightTransposed(squares, 0, 0)
                .into(second, 0, 0)
                .multiply(rows, units, generated);
        if (layer.isCategorical()) {
            subtractCurvedGroups(lane, rows);
        }
    }

    private void squareWeights() {
        for (int i = 0; i < units; i++) {
            output.weights().get(i, 0, one, 0, generated);
            for (int j = 0; j < generated; j++) {
                one[j] *= one[j];
            }
            squares.put(i, 0, one, 0, generated);
        }
    }

    /** Of a categorical variable's logits the variance is the mean of squares less the square of the mean. */
    private void subtractGroups(Lane lane, int rows) {
        for (int run = 0; run < units; run += layer.choices()) {
            groupMeans(lane, run, rows);
            for (int r = 0; r < rows; r++) {
                groupMeans.get(r, 0, one, 0, generated);
                variances.get(r, 0, two, 0, generated);
                for (int j = 0; j < generated; j++) {
                    two[j] -= one[j] * one[j];
                }
                variances.put(r, 0, two, 0, generated);
            }
        }
    }

    /** What the variable whose run begins there adds to the mean logits. */
    private void groupMeans(Lane lane, int run, int rows) {
        lane.gemm()
                .left(probabilities, 0, run)
                .right(output.weights(), run, 0)
                .into(groupMeans, 0, 0)
                .multiply(rows, generated, layer.choices());
    }

    private void subtractCurvedGroups(Lane lane, int rows) {
        for (int run = 0; run < units; run += layer.choices()) {
            groupMeans(lane, run, rows);
            for (int r = 0; r < rows; r++) {
                groupMeans.get(r, 0, one, 0, generated);
                curvatures.get(r, 0, two, 0, generated);
                for (int j = 0; j < generated; j++) {
                    one[j] *= two[j];
                }
                groupMeans.put(r, 0, one, 0, generated);
            }
            lane.gemm()
                    .left(groupMeans, 0, 0)
                    .rightTransposed(output.weights(), run, 0)
                    .into(second, 0, run)
                    .multiply(rows, layer.choices(), generated, -2, 1);
        }
    }

    /** Fills in the coefficients of v and of half its square. */
    private void expand(Lane lane, int rows) {
        for (int r = 0; r < rows; r++) {
            meanLogits.get(r, 0, one, 0, generated);
            pass.target(r, three);
            constants[r] = lane.logits().crossEntropy(one, three, generated);
            variances.get(r, 0, two, 0, generated);
            for (int j = 0; j < generated; j++) {
                two[j] = 1 / (float) Math.sqrt(1 + (float) (Math.PI / 8) * Math.max(0f, two[j]));
                one[j] *= two[j];
            }
            lane.logits().sigmoid(one, one, generated);
            for (int j = 0; j < generated; j++) {
                two[j] *= one[j] * (1 - one[j]);
            }
            curvatures.put(r, 0, two, 0, generated);
            for (int j = 0; j < generated; j++) {
                one[j] -= three[j];
            }
            slopes.put(r, 0, one, 0, generated);
        }
    }

    /** Takes c at the values that the pass holds from the losses there. */
    void subtract(double[] losses, int rows) {
        for (int r = 0; r < rows; r++) {
            pass.outputLogits(r, one);
            meanLogits.get(r, 0, two, 0, generated);
            for (int j = 0; j < generated; j++) {
                one[j] -= two[j];
            }
            slopes.get(r, 0, two, 0, generated);
            curvatures.get(r, 0, three, 0, generated);
            float sum = 0;
            for (int j = 0; j < generated; j++) {
                sum += one[j] * (two[j] + 0.5f * three[j] * one[j]);
            }
            losses[r] -= constants[r] + sum;
        }
    }

    /** Adds the gradient of c's mean at a sample's logits; the pass's density is that of the sample. */
    void addMean(int sample, float factor, float[] into) {
        first.get(sample, 0, jacobian, 0, units);
        second.get(sample, 0, means, 0, units);
        float[] q = pass.density(0).probabilities();
        for (int i = 0; i < units; i++) {
            jacobian[i] += 0.5f * (layer.isCategorical() ? 1 : 1 - 2 * q[i]) * means[i];
        }
        pass.density(0).addJacobian(factor, jacobian, into);
    }

    @Override
    public void close() {
        for (NativeMatrix matrix : new NativeMatrix[] {
            squares, probabilities, spreads, meanLogits, variances, slopes, curvatures, first, second, groupMeans
        }) {
            matrix.close();
        }
    }
}
