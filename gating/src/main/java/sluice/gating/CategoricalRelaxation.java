package sluice.gating;

import java.util.random.RandomGenerator;

/**
 * {@link Relaxation} for gates that choose one of K (Tucker et al. 2017, appendix; Grathwohl et al. 2018, appendix B). Noisy
 * logits are {@code z_j = s a_j - log E_j}, E standard exponential noise of one uniform number per gate, of which the gate i
 * with the largest {@code pi_j / E_j} is open. Given that, with fresh noise E, {@code zt_i = log Z - log E_i} and
 * {@code zt_j = log Z - log(E_j / pi_j + E_i)}, so that {@code dzt_j / dlog pi_j = r_j = E_j / (E_j + pi_j E_i)}, and r_i is
 * 0. The softmax does not see log Z.
 */
final class CategoricalRelaxation extends CategoricalEstimation {
    private final Schedule temperature;
    private final boolean relax;
    private final TunedWeight eta;
    private final ChoicePaths paths;
    private final CategoricalSurrogate surrogate;
    /** E of a run. */
    private final double[] exponentials;
    /** r [rows, units]. */
    private final double[] rates;

    private final double[] scores;
    private final double[] plain;
    private final double[] variate;
    private double sharpness;

    CategoricalRelaxation(Relaxation estimator, GateLayout layout, double[] weights) {
        super(layout, Relaxation.probes(layout));
        this.temperature = estimator.temperature();
        this.relax = estimator.form() == Relaxation.Form.RELAX;
        this.eta = new TunedWeight(estimator.eta(), estimator.decay());
        this.exponentials = new double[layout.choices()];
        this.rates = new double[layout.maxRows() * layout.units()];
        double[] relaxed = probe(Relaxation.RELAXED).gates();
        double[] given = probe(Relaxation.GIVEN).gates();
        this.paths = new ChoicePaths(layout.choices(), relaxed, given, rates, probabilities());
        this.surrogate = new CategoricalSurrogate(weights, estimator.rate(), given, paths);
        this.scores = new double[layout.choices()];
        this.plain = new double[layout.choices()];
        this.variate = new double[layout.choices()];
    }

    @Override
    void begin(Progress progress) {
        sharpness = 1 / temperature.at(progress);
        paths.sharpness(sharpness);
    }

    @Override
    void draw(int at, int l, RandomGenerator noise) {
        drawExponentials(noise);
        double[] relaxed = probe(Relaxation.RELAXED).gates();
        int chosen = 0;
        for (int j = 0; j < choices(); j++) {
            relaxed[at + j] = probabilities()[l + j] / exponentials[j];
            chosen = relaxed[at + j] > relaxed[at + chosen] ? j : chosen;
        }
        open(probe(Relaxation.BINARY).gates(), at, chosen);
        sharpen(relaxed, at, relaxed[at + chosen]);
        drawExponentials(noise);
        drawGiven(at, l, chosen);
    }

    private void drawExponentials(RandomGenerator noise) {
        for (int j = 0; j < choices(); j++) {
            exponentials[j] = exponential(noise);
        }
    }

    /** The relaxed choice that agrees with the gates, of {@code exp(zt_j - zt_i) = pi_j E_i / (E_j + pi_j E_i)}. */
    private void drawGiven(int at, int l, int chosen) {
        double[] given = probe(Relaxation.GIVEN).gates();
        for (int j = 0; j < choices(); j++) {
            double share = probabilities()[l + j] * exponentials[chosen];
            rates[at + j] = exponentials[j] / (exponentials[j] + share);
            given[at + j] = share / (exponentials[j] + share);
        }
        rates[at + chosen] = 0;
        given[at + chosen] = 1;
        sharpen(given, at, 1);
    }

    /** Takes one run of {@code exp(z)} to {@code softmax(z / lambda)}. */
    private void sharpen(double[] values, int at, double largest) {
        double sum = 0;
        for (int j = at; j < at + choices(); j++) {
            values[j] = power(values[j] / largest, sharpness);
            sum += values[j];
        }
        for (int j = at; j < at + choices(); j++) {
            values[j] /= sum;
        }
    }

    @Override
    void takeAnswers() {
        if (relax) {
            surrogate.take(rows());
        }
    }

    @Override
    void addGradient(int row, int at, int l, double[] into) {
        double share = lossShare(Relaxation.BINARY, row);
        double givenShare = lossShare(Relaxation.GIVEN, row);
        for (int j = 0; j < choices(); j++) {
            scores[j] = probe(Relaxation.BINARY).gates()[at + j] - probabilities()[l + j];
            plain[j] = 0;
            variate[j] = -givenShare * scores[j];
        }
        paths.addRelaxed(at, probe(Relaxation.RELAXED).upstream(), at, variate);
        paths.subtractGiven(at, l, probe(Relaxation.GIVEN).upstream(), at, variate);
        if (relax) {
            surrogate.addEstimate(row, at, l, scores, plain);
        }
        for (int j = 0; j < choices(); j++) {
            double estimate = eta.estimate(share * scores[j] + plain[j] / rows(), variate[j]);
            into[l + j] += slope() * estimate;
            plain[j] = estimate * rows();
        }
        if (relax) {
            surrogate.note(row, at, l, plain, scores);
        }
    }

    @Override
    public void state(RunningState state) {
        eta.state(state);
        surrogate.state(state);
    }

    @Override
    void learn(double[] gradient) {
        eta.learn();
        if (relax) {
            surrogate.learn(rows());
        }
    }

    CategoricalSurrogate surrogate() {
        return surrogate;
    }
}
