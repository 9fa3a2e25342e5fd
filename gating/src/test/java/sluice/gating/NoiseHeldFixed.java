package sluice.gating;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Wrong on purpose: REBAR for choices whose gradient does not pass through the noise that is drawn given the gates. */
final class NoiseHeldFixed extends CategoricalEstimation {
    private static final double TEMPERATURE = 0.5;

    NoiseHeldFixed(GateLayout layout) {
        super(layout, Relaxation.probes(layout));
    }

    @Override
    void draw(int at, int l, RandomGenerator noise) {
        super.draw(at, l, noise);
        softmax(noisy(), 0, TEMPERATURE, probe(Relaxation.RELAXED).gates(), at);
        double[] exponentials = new double[choices()];
        Arrays.setAll(exponentials, j -> -Math.log(uniform(noise)));
        double ofChosen = 0;
        for (int j = 0; j < choices(); j++) {
            ofChosen += probe().gates()[at + j] * exponentials[j];
        }
        double[] given = new double[choices()];
        for (int j = 0; j < choices(); j++) {
            boolean chosen = probe().gates()[at + j] == 1;
            given[j] = -Math.log(chosen ? ofChosen : exponentials[j] / probabilities()[l + j] + ofChosen);
        }
        softmax(given, 0, TEMPERATURE, probe(Relaxation.GIVEN).gates(), at);
    }

    @Override
    void addGradient(int row, int at, int l, double[] into) {
        double difference = lossShare(Relaxation.BINARY, row) - lossShare(Relaxation.GIVEN, row);
        Probe relaxed = probe(Relaxation.RELAXED);
        Probe given = probe(Relaxation.GIVEN);
        for (int j = 0; j < choices(); j++) {
            double path = path(relaxed, at, j) - path(given, at, j);
            into[l + j] += difference * (probe().gates()[at + j] - probabilities()[l + j]) + path;
        }
    }

    private double path(Probe soft, int at, int j) {
        double mean = 0;
        for (int i = 0; i < choices(); i++) {
            mean += soft.gates()[at + i] * soft.upstream()[at + i];
        }
        return soft.gates()[at + j] * (soft.upstream()[at + j] - mean) / TEMPERATURE;
    }
}
