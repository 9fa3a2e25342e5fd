package sluice.gating;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The one table in which scripts look estimators up by name. In Java, pass the value itself. */
public final class Estimators {
    /** Estimators by name, in the order in which they are listed. */
    public static final ImmutableMap<String, Entry> BY_NAME = ImmutableMap.of(
            "st-open",
            Entry.of(
                    StraightThrough.OPEN_ONLY,
                    "straight-through at open gates only, by inverse probability: closed units are not computed (default)"),
            "st-sigmoid",
            Entry.of(
                    StraightThrough.DERIVATIVE,
                    "straight-through times the activation's derivative: low variance, first-order bias"),
            "st-identity",
            Entry.of(StraightThrough.IDENTITY, "straight-through: low variance, gradient too large"),
            "unbiased",
            Entry.of(new Unbiased(), "score times loss (REINFORCE): no bias, high variance"),
            "centred",
            new Entry(
                    "score times loss less a running baseline per unit: no bias, least variance; decay 0.9",
                    ImmutableMap.of("decay", 0.9),
                    parameters -> new Centred(parameters.get("decay"))));

    private Estimators() {}

    /**
     * One line of the table.
     *
     * @param description one line for lists
     * @param defaults the parameters that it takes, with their defaults
     * @param maker the estimator from values for all of them
     */
    public record Entry(
            String description,
            ImmutableMap<String, Double> defaults,
            Function<Map<String, Double>, GradientEstimator> maker) {
        static Entry of(GradientEstimator estimator, String description) {
            return new Entry(description, ImmutableMap.of(), none -> estimator);
        }

        /**
         * @return the estimator with its defaults
         */
        public GradientEstimator estimator() {
            return maker.apply(defaults);
        }

        /**
         * @param parameters some of the parameters, by name; the others keep their defaults
         * @return the estimator
         * @throws IllegalArgumentException if it has no such parameter, or a value is out of its range
         */
        public GradientEstimator with(Map<String, Double> parameters) {
            Map<String, Double> all = new LinkedHashMap<>(defaults);
            parameters.forEach((name, value) -> {
                checkArgument(
                        defaults.containsKey(name),
                        "it takes no parameter '%s'; %s",
                        name,
                        defaults.isEmpty() ? "it takes none" : "it takes " + String.join(", ", defaults.keySet()));
                all.put(name, value);
            });
            return maker.apply(all);
        }
    }
}
