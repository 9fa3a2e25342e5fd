package sluice.gating;

/**
 * How relaxed choices follow the logits of a run: the matrix
 * {@code P = (J(y) - M J(yt)) / lambda} from gradients at the gates to one at {@code s a}, the derivative of
 * {@code y = softmax(z / lambda)} less that of {@code yt = softmax(zt / lambda)}, which passes through zt's own noise:
 * {@code J(x) = diag(x) - x x'} and {@code M = R - pi r'}, r the derivative of zt by log pi, R its diagonal matrix.
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

    /** K. */
    int choices() {
        return choices;
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

    /** The sum of the squares of {@code P}, which is that of J(y), of R J(yt) and of {@code pi t'}, and their products. */
    double squares(int at, int l) {
        double y2 = 0;
        double yt2 = 0;
        double yyt = 0;
        double rate = 0;
        for (int j = at; j < at + choices; j++) {
            y2 += relaxed[j] * relaxed[j];
            yt2 += given[j] * given[j];
            yyt += relaxed[j] * given[j];
            rate += rates[j] * given[j];
        }
        double t2 = 0;
        double pi2 = 0;
        double yTimesT = 0;
        double ytTimesT = 0;
        for (int j = 0; j < choices; j++) {
            double t = given[at + j] * (rates[at + j] - rate);
            t2 += t * t;
            pi2 += probabilities[l + j] * probabilities[l + j];
            yTimesT += relaxed[at + j] * t;
            ytTimesT += given[at + j] * t;
        }
        double sum = pi2 * t2;
        for (int j = 0; j < choices; j++) {
            double y = relaxed[at + j];
            double ryt = rates[at + j] * given[at + j];
            double t = given[at + j] * (rates[at + j] - rate);
            sum += y * y * (1 - 2 * y + y2)
                    + ryt * ryt * (1 - 2 * given[at + j] + yt2)
                    - 2 * ryt * y * (1 - y - given[at + j] + yyt)
                    + 2 * probabilities[l + j] * (y * (t - yTimesT) - ryt * (t - ytTimesT));
        }
        return sharpness * sharpness * sum;
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
