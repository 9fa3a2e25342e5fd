package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Range;
import java.util.Map;
import sluice.framework.conditional.Gater;
import sluice.framework.conditional.GaterLearning;
import sluice.framework.conditional.GaterTarget;
import sluice.gating.Estimators;
import sluice.gating.Progress;
import sluice.gating.Schedule;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes what a layer says of its gater. */
final class GaterSection {
    static final ImmutableList<String> KEYS =
            ImmutableList.of("hidden", "blocks", "open", "experts", "estimator", "target", "rate");
    private static final ImmutableSet<String> TARGETS = ImmutableSet.of("budget", "kl", "l1", "batch-shaping");
    private static final Range<Integer> UNITS = Range.closed(1, 100_000);
    private static final Range<Double> POSITIVE = Range.greaterThan(0.0);
    private static final double DEFAULT_WEIGHT = 0.1;
    private static final double DEFAULT_CHANGE = 0.1;
    private static final double DEFAULT_CONCENTRATION = 1;

    private GaterSection() {}

    static Gater read(Value value) {
        Section section = Section.of(value, KEYS);
        NamedSetting estimator = NamedSetting.read(section, "estimator", "st-open", Estimators.BY_NAME.keySet());
        GaterLearning learning = new GaterLearning(
                GatesSection.estimator(estimator), target(section), section.real("rate", POSITIVE, 1));
        ImmutableList<Integer> hidden =
                section.value("hidden").map(GaterSection::hidden).orElse(ImmutableList.of());
        int blocks = section.required("blocks", "blocks: 125").integer(UNITS);
        double open = section.required("open", "open: 0.1").real(Range.openClosed(0.0, 1.0));
        try {
            return new Gater(hidden, blocks, open, section.choice("experts", Gater.Experts.RELU), learning);
        } catch (IllegalArgumentException unfit) {
            throw estimator.misfit(unfit.getMessage());
        }
    }

    private static NamedSetting estimator(Section section) {
        return NamedSetting.read(section, "estimator", "st-open", Estimators.BY_NAME.keySet());
    }

    static ImmutableList<Integer> hidden(Value value) {
        if (value.isNumber()) {
            return ImmutableList.of(value.integer(UNITS));
        }
        if (value.is("none")) {
            return ImmutableList.of();
        }
        return value.items("none, units like 32, or a list of layer sizes like [64, 32]").stream()
                .map(layer -> layer.integer(UNITS))
                .collect(ImmutableList.toImmutableList());
    }

    static GaterTarget target(Section section) {
        return target(NamedSetting.read(section, "target", "budget", TARGETS));
    }

    private static GaterTarget target(NamedSetting setting) {
        try {
            return switch (setting.name()) {
                case "budget" -> only(setting, new GaterTarget.Budget());
                case "kl" ->
                    only(setting, new GaterTarget.KullbackLeibler(number(setting, "weight", DEFAULT_WEIGHT)), "weight");
                case "l1" -> only(setting, new GaterTarget.L1(number(setting, "change", DEFAULT_CHANGE)), "change");
                case "batch-shaping" ->
                    only(
                            setting,
                            new GaterTarget.BatchShaping(
                                    number(setting, "weight", DEFAULT_WEIGHT),
                                    number(setting, "concentration", DEFAULT_CONCENTRATION)),
                            "weight",
                            "concentration");
                default ->
                    throw setting.error(
                            "unknown target '%s': use one of %s".formatted(setting.name(), String.join(", ", TARGETS)));
            };
        } catch (IllegalArgumentException outOfRange) {
            throw setting.error("target %s: %s".formatted(setting.name(), outOfRange.getMessage()));
        }
    }

    private static GaterTarget only(NamedSetting setting, GaterTarget target, String... known) {
        setting.parameters().keySet().stream()
                .filter(given -> !ImmutableList.copyOf(known).contains(given))
                .findFirst()
                .ifPresent(given -> {
                    throw setting.error("target %s has no parameter '%s': %s"
                            .formatted(
                                    setting.name(),
                                    given,
                                    known.length == 0 ? "remove it" : "there is " + String.join(", ", known)));
                });
        return target;
    }

    private static double number(NamedSetting setting, String name, double otherwise) {
        Schedule given = setting.parameters().getOrDefault(name, new Schedule.Constant(otherwise));
        if (!(given instanceof Schedule.Constant)) {
            throw setting.error("target %s: %s must be a number: it has no schedule".formatted(setting.name(), name));
        }
        return given.at(Progress.START);
    }

    /** As it is written, defaults included. */
    static Map<String, Object> settings(Value value) {
        Gater gater = read(value);
        GaterLearning learning = gater.learning();
        return ImmutableMap.<String, Object>builder()
                .put("hidden", gater.hidden().isEmpty() ? "none" : gater.hidden())
                .put("blocks", gater.blocks())
                .put("open", gater.open())
                .put("experts", Section.word(gater.experts()))
                .put("estimator", estimator(Section.of(value, KEYS)).settings())
                .put("target", settings(learning.target()))
                .put("rate", learning.rate())
                .buildOrThrow();
    }

    static Object settings(GaterTarget target) {
        if (target instanceof GaterTarget.KullbackLeibler kl) {
            return ImmutableMap.of("kl", ImmutableMap.of("weight", kl.weight()));
        }
        if (target instanceof GaterTarget.L1 l1) {
            return ImmutableMap.of("l1", ImmutableMap.of("change", l1.change()));
        }
        if (target instanceof GaterTarget.BatchShaping shaping) {
            return ImmutableMap.of(
                    "batch-shaping",
                    ImmutableMap.of("weight", shaping.weight(), "concentration", shaping.concentration()));
        }
        return "budget";
    }
}
