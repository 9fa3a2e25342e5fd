package sluice.framework;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import sluice.gating.Estimators;
import sluice.gating.GradientEstimator;

/** Every estimator of the table, with its defaults. */
final class EveryEstimator implements ArbitrarySupplier<GradientEstimator> {
    @Override
    public Arbitrary<GradientEstimator> get() {
        return Arbitraries.of(Estimators.BY_NAME.values()).map(Estimators.Entry::estimator);
    }
}
