package sluice.framework.conditional;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import sluice.gating.Estimators;
import sluice.gating.GradientEstimator;
import sluice.gating.HardConcrete;
import sluice.gating.Schedule;

/** What a model file says of a layer: what answers hang on, and what it was trained with. */
record StoredLayer(int units, double noise, View view, StoredGater gater, boolean exit) {
    /**
     * The same of its gater, if it has one: of the estimator the name, as parameters are for training alone, but for the bounds that
     * hard-concrete gates are stretched to.
     */
    record StoredGater(
            List<Integer> hidden, int blocks, double open, Gater.Experts experts, String estimator, Stretch stretch) {
        private Gater gater() {
            checkArgument(
                    hidden != null
                            && hidden.stream().allMatch(Objects::nonNull)
                            && experts != null
                            && estimator != null,
                    "a gater is incomplete");
            checkArgument(Estimators.BY_NAME.containsKey(estimator), "there is no estimator %s", estimator);
            GradientEstimator trained = Estimators.BY_NAME.get(estimator).estimator();
            return new Gater(
                    ImmutableList.copyOf(hidden),
                    blocks,
                    open,
                    experts,
                    new GaterLearning(stretch == null ? trained : stretch.estimator(), new GaterTarget.Budget(), 1));
        }
    }

    /** Bounds of hard-concrete gates. */
    record Stretch(double low, double high) {
        static Stretch of(GradientEstimator estimator) {
            return estimator instanceof HardConcrete hard ? new Stretch(hard.low(), hard.high()) : null;
        }

        private HardConcrete estimator() {
            return new HardConcrete(new Schedule.Constant(1), low, high);
        }
    }

    static StoredLayer of(ExitLayer layer) {
        return new StoredLayer(
                layer.units(),
                layer.noise(),
                layer.view(),
                layer.gater()
                        .map(gater -> new StoredGater(
                                gater.hidden(),
                                gater.blocks(),
                                gater.open(),
                                gater.experts(),
                                gater.learning().estimator().name(),
                                Stretch.of(gater.learning().estimator())))
                        .orElse(null),
                layer.exit());
    }

    /** Throws IllegalArgumentException where it can be none. */
    ExitLayer layer() {
        checkArgument(view != null, "what a layer sees is missing");
        return new ExitLayer(units, noise, view, Optional.ofNullable(gater).map(StoredGater::gater), exit);
    }
}
