package sluice.gating;

import java.util.random.RandomGenerator;

/** {@link GumbelRao} for gates that choose one of K. */
final class CategoricalGumbelRao extends CategoricalEstimation {
    private final Schedule schedule;
    private final int samples;
    private final double[] exponentials;
    private final double[] soft;
    private double temperature;
    private double sharpness;

    CategoricalGumbelRao(GumbelRao estimator, GateLayout layout) {
        super(layout, new Probe(layout, false, Probe.Upstream.ALL));
        schedule = estimator.temperature();
        samples = estimator.samples();
        exponentials = new double[layout.choices()];
        soft = new double[Math.multiplyExact(layout.maxRows() * layout.units(), samples)];
    }

    @Override
    void begin(Progress progress) {
        temperature = schedule.at(progress);
        sharpness = 1 / temperature;
    }

    @Override
    void draw(int at, int l, RandomGenerator noise) {
        super.draw(at, l, noise);
        int chosen = 0;
        while (probe().gates()[at + chosen] == 0) {
            chosen++;
        }
        for (int k = 0; k < samples; k++) {
            for (int j = 0; j < choices(); j++) {
                exponentials[j] = exponential(noise);
            }
            relax(chosen, l, from(at, k));
        }
    }

    /**
     * {@code softmax(z / tau)} with z drawn as {@code s a + G} is, but given that its largest is {@code z_i}: with E
     * standard exponential noise and Z the sum of {@code exp(s a)}, {@code z_i = log Z - log E_i} and
     * {@code z_j = log Z - log(E_j / pi_j + E_i)} (Paulus et al. 2021, with Z taken out). So {@code exp(z_j - z_i)}
     * is the ratio below, at most 1.
     */
    private void relax(int chosen, int l, int from) {
        double sum = 0;
        for (int j = 0; j < choices(); j++) {
            double other = j == chosen ? 0 : exponentials[j] / probabilities()[l + j];
            soft[from + j] = power(exponentials[chosen] / (other + exponentials[chosen]), sharpness);
            sum += soft[from + j];
        }
        for (int j = 0; j < choices(); j++) {
            soft[from + j] /= sum;
        }
    }

    private int from(int at, int sample) {
        return at * samples + sample * choices();
    }

    /** The relaxed choices that agree with the gates [rows, runs, samples, K]. */
    double[] soft() {
        return soft;
    }

    @Override
    void addGradient(int row, int at, int l, double[] into) {
        double factor = slope() / temperature / samples;
        for (int k = 0; k < samples; k++) {
            addJacobian(factor, soft, from(at, k), at, into, l);
        }
    }
}
