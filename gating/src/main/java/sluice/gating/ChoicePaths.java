package sluice.gating;

/**
 * How relaxed choices follow the logits of a run: the matrix
 * {@code P = (J(y) - M J(yt)) / lambda} from gradients at the gates to one at {@code s a}, the derivative of
 * {@code y = softmax(z / lambda)} less that of {@code yt = softmax(zt / lambda)}, which passes through zt's own noise:
 * {@code J(x) = diag(x) - x x'} and {@code M = diag(r) - pi r'}, r the derivative of zt by log pi.
 */
final class ChoicePaths {
    private final int choices;
    private final double[] relaxed;
    private final double[] given;
    private final double[] rates;
    private final double[] probabilities;
    private double sharpness;

    /**
     * @param choices K
     * @param relaxed y, gate by gate
     * @param given yt, gate by gate
     * @param rates r, gate by gate
     * @param probabilities pi, as the logits come
     */
    ChoicePaths(int choices, double[] relaxed, double[] given, double[] rates, double[] probabilities) {
        this.choices = choices;
        this.relaxed = relaxed;
        this.given = given;
        this.rates = rates;
        this.probabilities = probabilities;
    }

    /** Takes up {@code 1 / lambda} of this step. */
    void sharpness(double newSharpness) {
        sharpness = newSharpness;
    }

    /** Adds {@code J(y) d / lambda}, with d from an index on, to one run's numbers. */
    void addRelaxed(int at, double[] d, int from, double[] to) {
        double mean = mean(relaxed, at, d, from);
        for (int j = 0; j < choices; j++) {
            to[j] += sharpness * product(relaxed[at + j], d[from + j], mean);
        }
    }

    /** Takes {@code M J(yt) d / lambda}, with d from an index on, from one run's numbers. */
    void subtractGiven(int at, int l, double[] d, int from, double[] to) {
        double mean = mean(given, at, d, from);
        double back = 0;
        for (int j = 0; j < choices; j++) {
            double path = sharpness * rates[at + j] * product(given[at + j], d[from + j], mean);
            to[j] -= path;
            back += path;
        }
        for (int j = 0; j < choices; j++) {
            to[j] += back * probabilities[l + j];
        }
    }

    /** Adds {@code P'g}, with g one run's numbers, to an array from an index on. */
    void addTransposed(int at, int l, double[] g, double[] to, int from) {
        double mean = mean(relaxed, at, g, 0);
        double centre = mean(probabilities, l, g, 0);
        double back = 0;
        for (int j = 0; j < choices; j++) {
            back += given[at + j] * rates[at + j] * (g[j] - centre);
        }
        for (int j = 0; j < choices; j++) {
            double path = given[at + j] * (rates[at + j] * (g[j] - centre) - back);
            to[from + j] += sharpness * (relaxed[at + j] * (g[j] - mean) - path);
        }
    }

    /** The sum of the squares of {@code P - score yt'} less that of {@code score yt'}. */
    double squares(int at, int l, double[] scores) {
        double rate = mean(rates, at, given, at);
        double sum = 0;
        for (int i = 0; i < choices; i++) {
            double back = given[at + i] * (rates[at + i] - rate);
            for (int m = 0; m < choices; m++) {
                int same = m == i ? 1 : 0;
                double entry = sharpness
                        * (relaxed[at + i] * (same - relaxed[at + m])
                                - rates[at + m] * given[at + i] * (same - given[at + m])
                                + probabilities[l + m] * back);
                sum += entry * (entry - 2 * scores[m] * given[at + i]);
            }
        }
        return sum;
    }

    /** {@code x . d} of one run; where x is 0, there may be no answer. */
    private double mean(double[] x, int at, double[] d, int from) {
        double mean = 0;
        for (int j = 0; j < choices; j++) {
            mean += x[at + j] == 0 ? 0 : x[at + j] * d[from + j];
        }
        return mean;
    }

    private static double product(double x, double d, double mean) {
        return x == 0 ? 0 : x * (d - mean);
    }
}
