package sluice.framework.experiment;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.evaluation.Reference;
import sluice.framework.ReportOptions;
import sluice.framework.checkpoint.CheckpointSettings;
import sluice.framework.checkpoint.CheckpointSettings.KeptLearner;
import sluice.framework.strategy.Recorded;
import sluice.framework.strategy.Setup;
import sluice.framework.strategy.Strategy;
import sluice.tasks.script.Location;
import sluice.tasks.script.Locations;

/** What values mean as a run. */
final class VariantPlan {
    private VariantPlan() {}

    static RunPlan of(Variant variant) {
        GivenTasks data = new GivenTasks(variant.tasks());
        return of(variant, data);
    }

    /** The same with data that is shared with others. */
    static RunPlan of(Variant variant, GivenTasks data) {
        Strategy strategy = variant.strategy();
        return new RunPlan(
                variant.name(),
                data,
                new Learner.OfTasks(tasks -> strategy, variant.tasks().scenario(), variant.setup()),
                variant.report(),
                settings(variant, data),
                new Locations(ImmutableMap.of("", new Location(variant.name(), 0))),
                new CheckpointSettings(Optional.empty(), KeptLearner.ALONE));
    }

    /** By the keys that a script would have, as far as it has the same. */
    private static Map<String, Object> settings(Variant variant, GivenTasks data) {
        Setup setup = variant.setup();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", variant.name());
        settings.put("data", data.settings());
        settings.put("scenario", Ascii.toLowerCase(variant.tasks().scenario().name()));
        settings.put("strategy", variant.strategy().settings());
        settings.put("network", Map.of("layers", Recorded.of(setup.layers())));
        settings.put("training", Recorded.components(setup.training()));
        settings.put("seed", setup.seed());
        settings.put("threads", setup.threads());
        settings.put("report", report(variant.report()));
        return settings;
    }

    private static Map<String, Object> report(ReportOptions report) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("forgetting", report.forgetting().word());
        settings.put(
                "references", report.references().stream().map(Reference::word).toList());
        settings.put(
                "continual",
                report.continual().<Object>map(Recorded::components).orElse("none"));
        settings.put("predictions", report.predictions());
        return settings;
    }
}
