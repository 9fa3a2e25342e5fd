package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.util.Map;
import sluice.framework.gates.InputGates;
import sluice.gating.GradientEstimator;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes the key {@code gates.gater}: gates of a task that hang on the example. */
final class InputGatesSection {
    private static final ImmutableList<String> KEYS = ImmutableList.of("hidden", "pool", "open", "target", "rate");
    private static final ImmutableList<String> NOT_BESIDE = ImmutableList.of(
            "neuron",
            "sampling",
            "slope",
            "granularity",
            "hold",
            "groups",
            "sparsity",
            "reuse_price",
            "budget",
            "logit_mean",
            "logit_limit",
            "learning_rate");
    private static final Range<Integer> POOL = Range.closed(1, 10_000);
    private static final double DEFAULT_RATE = 1;

    private InputGatesSection() {}

    static InputGates read(Section gates, Value value) {
        NOT_BESIDE.forEach(key -> gates.refuseBeside(
                "gater",
                key,
                "has no meaning beside gater, which decides for each example, by open, target and rate: remove one"));
        Section section = Section.of(value, KEYS);
        try {
            return gates(section);
        } catch (IllegalArgumentException unfit) {
            throw value.error(unfit.getMessage());
        }
    }

    private static InputGates gates(Section section) {
        return new InputGates(
                section.value("hidden").map(GaterSection::hidden).orElse(ImmutableList.of()),
                section.integer("pool", POOL, 1),
                section.required("open", "open: 0.3").real(Range.openClosed(0.0, 1.0)),
                GaterSection.target(section),
                section.real("rate", Range.greaterThan(0.0), DEFAULT_RATE));
    }

    /** Refuses an estimator that cannot serve. */
    static void check(InputGates gates, GradientEstimator estimator, NamedSetting setting) {
        try {
            gates.check(estimator);
        } catch (IllegalArgumentException unfit) {
            throw setting.misfit(unfit.getMessage());
        }
    }

    static Map<String, Object> settings(InputGates gates) {
        return ImmutableMap.of(
                "hidden", gates.hidden().isEmpty() ? "none" : gates.hidden(),
                "pool", gates.pool(),
                "open", gates.open(),
                "target", GaterSection.settings(gates.target()),
                "rate", gates.rate());
    }
}
