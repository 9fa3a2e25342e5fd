package sluice.gating;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A loss tabulated over all 2^n gate configurations, gate 0 most significant: exact expectations, quick answers. */
final class Enumeration {
    private final int units;
    private final int examples;
    private final double[] losses;
    private final double[][] gradients;
    private final double[][] exampleLosses;
    private final double[][][] exampleGradients;

    Enumeration(GatedLoss loss) {
        this.units = loss.units();
        this.examples = loss.examples();
        double[][] configurations = IntStream.range(0, 1 << units)
                .mapToObj(code -> configuration(code, units))
                .toArray(double[][]::new);
        this.losses = Arrays.stream(configurations).mapToDouble(loss::loss).toArray();
        this.gradients = Arrays.stream(configurations).map(loss::gradient).toArray(double[][]::new);
        this.exampleLosses = Arrays.stream(configurations)
                .map(gates -> IntStream.range(0, examples)
                        .mapToDouble(example -> loss.loss(example, gates))
                        .toArray())
                .toArray(double[][]::new);
        this.exampleGradients = Arrays.stream(configurations)
                .map(gates -> IntStream.range(0, examples)
                        .mapToObj(example -> loss.gradient(example, gates))
                        .toArray(double[][]::new))
                .toArray(double[][][]::new);
    }

    private static double[] configuration(int code, int units) {
        double[] gates = new double[units];
        Arrays.setAll(gates, i -> code >> (units - 1 - i) & 1);
        return gates;
    }

    int examples() {
        return examples;
    }

    /** Mean loss of each configuration. */
    double[] losses() {
        return losses.clone();
    }

    double expectedLoss(Gates gates) {
        return expectedLoss(gates.probabilities());
    }

    private double expectedLoss(double[] probabilities) {
        double expected = 0;
        for (int code = 0; code < losses.length; code++) {
            expected += weight(code, probabilities) * losses[code];
        }
        return expected;
    }

    private double weight(int code, double[] probabilities) {
        double weight = 1;
        for (int i = 0; i < units; i++) {
            weight *= open(code, i) ? probabilities[i] : 1 - probabilities[i];
        }
        return weight;
    }

    private double expectedLossGiven(double[] probabilities, int unit, double gate) {
        double[] given = probabilities.clone();
        given[unit] = gate;
        return expectedLoss(given);
    }

    /** {@code dE[L]/da_i = p_i' (E[L | h_i = 1] - E[L | h_i = 0])}. */
    double[] gradient(Gates gates) {
        double[] probabilities = gates.probabilities();
        double[] gradient = new double[units];
        Arrays.setAll(
                gradient,
                i -> gates.activation().derivative(gates.logits()[i], gates.slope())
                        * (expectedLossGiven(probabilities, i, 1) - expectedLossGiven(probabilities, i, 0)));
        return gradient;
    }

    /** {@code p_i' E[dL/dh_i | h_i = 1]}: straight-through with the gradient at the open end. */
    double[] openEndGradient(Gates gates) {
        double[] probabilities = gates.probabilities();
        double[] gradient = new double[units];
        for (int i = 0; i < units; i++) {
            double[] given = probabilities.clone();
            given[i] = 1;
            for (int code = 0; code < losses.length; code++) {
                gradient[i] += weight(code, given) * gradients[code][i];
            }
            gradient[i] *= gates.activation().derivative(gates.logits()[i], gates.slope());
        }
        return gradient;
    }

    /** The baseline of least variance, {@code (1 - p_i) E[L | h_i = 1] + p_i E[L | h_i = 0]}. */
    double[] baselines(Gates gates) {
        double[] probabilities = gates.probabilities();
        double[] baselines = new double[units];
        Arrays.setAll(
                baselines,
                i -> (1 - probabilities[i]) * expectedLossGiven(probabilities, i, 1)
                        + probabilities[i] * expectedLossGiven(probabilities, i, 0));
        return baselines;
    }

    /**
     * Variance of {@code mean_b (h_b - p)(l_b - baseline)}, sigmoid gates of slope 1 drawn for each example.
     *
     * @param baselines per unit, shared by all examples
     */
    double[] variancesPerExample(Gates gates, double[] baselines) {
        double[] probabilities = gates.probabilities();
        double[] variances = new double[units];
        for (int example = 0; example < examples; example++) {
            for (int i = 0; i < units; i++) {
                double mean = 0;
                double square = 0;
                for (int code = 0; code < losses.length; code++) {
                    double estimate = ((open(code, i) ? 1 : 0) - probabilities[i])
                            * (exampleLosses[code][example] - baselines[i]);
                    mean += weight(code, probabilities) * estimate;
                    square += weight(code, probabilities) * estimate * estimate;
                }
                variances[i] += (square - mean * mean) / examples / examples;
            }
        }
        return variances;
    }

    /** Answers a probe as a network would; what the probe does not ask for is made NaN. */
    void answer(Probe probe, Granularity granularity) {
        for (int row = 0; row < probe.rows(); row++) {
            int code = code(probe.gates(), row);
            boolean shared = granularity == Granularity.MINI_BATCH;
            double loss = shared ? losses[code] : exampleLosses[code][row];
            probe.losses()[row] = probe.needsLoss() ? loss : Double.NaN;
            if (probe.needsUpstream()) {
                double[] gradient = shared ? gradients[code] : exampleGradients[code][row];
                for (int i = 0; i < units; i++) {
                    boolean answered = probe.needsClosedUpstream() || open(code, i);
                    probe.upstream()[row * units + i] = answered ? gradient[i] / probe.rows() : Double.NaN;
                }
            }
        }
    }

    private int code(double[] gates, int row) {
        int code = 0;
        for (int i = 0; i < units; i++) {
            code = 2 * code + (int) gates[row * units + i];
        }
        return code;
    }

    private boolean open(int code, int unit) {
        return (code >> (units - 1 - unit) & 1) == 1;
    }
}
