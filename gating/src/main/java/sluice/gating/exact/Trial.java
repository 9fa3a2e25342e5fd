package sluice.gating.exact;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import sluice.gating.GateEstimation;
import sluice.gating.GateLayout;
import sluice.gating.Granularity;
import sluice.gating.Probe;
import sluice.gating.Progress;

/** One loss under one kind of gates: runs estimations on it. Not thread-safe. */
public final class Trial {
    private final GatedLoss loss;
    private final Gates gates;
    private final Granularity granularity;
    private final ProbeAnswers answers;

    /**
     * Trials of an estimator.
     *
     * @param loss in place of the network
     * @param gates as many as the loss has
     * @param granularity samples per mini-batch, which is all examples of the loss
     */
    public Trial(GatedLoss loss, Gates gates, Granularity granularity) {
        this.loss = loss;
        this.gates = gates;
        this.granularity = granularity;
        this.answers = new ProbeAnswers(loss, granularity);
    }

    /** {@return the gates} */
    public Gates gates() {
        return gates;
    }

    /** {@return what an estimator begins with} */
    public GateLayout layout() {
        return gates.layout(granularity, loss.examples());
    }

    /**
     * One draw, answered and turned into a gradient.
     *
     * @param estimation begun with {@link #layout}
     * @param noise what gates are drawn from
     * @return the estimate [units]
     */
    public double[] step(GateEstimation estimation, RandomGenerator noise) {
        double[] gradient = new double[loss.units()];
        step(estimation, noise, gradient);
        return gradient;
    }

    private void step(GateEstimation estimation, RandomGenerator noise, double[] gradient) {
        estimation.draw(gates.logits(), gates.slope(), Progress.START, loss.examples(), noise);
        List<Probe> probes = estimation.probes();
        for (int i = 0; i < probes.size(); i++) {
            answers.answer(probes.get(i));
        }
        estimation.gradient(gradient);
    }

    /**
     * The estimates of one running estimation.
     *
     * @param estimation begun with {@link #layout}
     * @param samples how many
     * @param seed of the noise
     * @return their moments
     */
    public Moments run(GateEstimation estimation, int samples, long seed) {
        return run(() -> estimation, samples, seed);
    }

    /**
     * The first estimates of fresh estimations.
     *
     * @param estimations begun with {@link #layout}
     * @param samples how many
     * @param seed of the noise
     * @return their moments
     */
    public Moments run(Supplier<GateEstimation> estimations, int samples, long seed) {
        RandomGenerator noise = new SplittableRandom(seed);
        Moments moments = new Moments(loss.units());
        double[] gradient = new double[loss.units()];
        for (int sample = 0; sample < samples; sample++) {
            step(estimations.get(), noise, gradient);
            moments.add(gradient);
        }
        return moments;
    }
}
