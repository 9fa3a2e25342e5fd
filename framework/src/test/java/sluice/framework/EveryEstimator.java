package sluice.framework;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import sluice.framework.gates.GateSettings;
import sluice.gating.BinaryNeuron;
import sluice.gating.EstimatorEntry;
import sluice.gating.Estimators;
import sluice.gating.GateActivation;
import sluice.gating.GateLayout;
import sluice.gating.GradientEstimator;

/** Every estimator of the table that serves independent gates, with its defaults. */
public final class EveryEstimator implements ArbitrarySupplier<GradientEstimator> {
    @Override
    public Arbitrary<GradientEstimator> get() {
        return Arbitraries.of(Estimators.BY_NAME.values().stream()
                .map(EstimatorEntry::estimator)
                .filter(estimator -> Arrays.stream(GateActivation.values())
                        .anyMatch(activation -> serves(estimator, GateSettings.DEFAULT.withNeuron(neuron(activation)))))
                .toList());
    }

    private static BinaryNeuron neuron(GateActivation activation) {
        return new BinaryNeuron(activation, BinaryNeuron.Sampling.STOCHASTIC);
    }

    /** Settings with an estimator, and with another activation where it does not serve theirs. */
    public static GateSettings served(GateSettings settings, GradientEstimator estimator) {
        GateSettings wanted = settings.withEstimator(estimator);
        if (serves(estimator, wanted)) {
            return wanted;
        }
        GateActivation other = settings.neuron().activation() == GateActivation.SIGMOID
                ? GateActivation.HARD_SIGMOID
                : GateActivation.SIGMOID;
        return wanted.withNeuron(neuron(other));
    }

    private static boolean serves(GradientEstimator estimator, GateSettings settings) {
        try {
            estimator.begin(new GateLayout(settings.neuron(), settings.granularity(), 2, 2));
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
