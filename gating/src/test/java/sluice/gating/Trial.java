package sluice.gating;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One problem under one kind of gates: runs estimations on it. */
record Trial(Enumeration problem, Gates gates, Granularity granularity) {
    GateLayout layout() {
        return gates.layout(granularity, problem.examples());
    }

    /** One draw, answered and turned into a gradient. */
    double[] step(GateEstimation estimation, RandomGenerator noise) {
        double[] gradient = new double[gates.logits().length];
        step(estimation, noise, gradient);
        return gradient;
    }

    private void step(GateEstimation estimation, RandomGenerator noise, double[] gradient) {
        estimation.draw(gates.logits(), gates.slope(), Progress.START, problem.examples(), noise);
        for (Probe probe : estimation.probes()) {
            problem.answer(probe, granularity);
        }
        estimation.gradient(gradient);
    }

    /** The gradients of one running estimation. */
    Moments run(GateEstimation estimation, int samples, long seed) {
        return run(() -> estimation, samples, seed);
    }

    /** The gradients of the first steps of fresh estimations. */
    Moments run(Supplier<GateEstimation> estimations, int samples, long seed) {
        RandomGenerator noise = new SplittableRandom(seed);
        Moments moments = new Moments(gates.logits().length);
        double[] gradient = new double[gates.logits().length];
        for (int sample = 0; sample < samples; sample++) {
            step(estimations.get(), noise, gradient);
            moments.add(gradient);
        }
        return moments;
    }
}
