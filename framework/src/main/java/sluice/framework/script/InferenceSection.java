package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.framework.discriminant.InferenceSettings;
import sluice.tasks.script.Section;

/** Reads and writes the section {@code inference}. */
final class InferenceSection {
    static final ImmutableList<String> KEYS = ImmutableList.of("features", "sparsity", "threshold", "subnetworks");

    private InferenceSection() {}

    static InferenceSettings read(Section inference) {
        InferenceSettings defaults = InferenceSettings.DEFAULT;
        return new InferenceSettings(
                inference.integer("features", Range.closed(18, 20_000), defaults.features()),
                inference.real("sparsity", Range.atLeast(0.0), defaults.sparsity()),
                inference.real("threshold", Range.closed(0.0, 1.0), defaults.threshold()),
                inference.real("subnetworks", Range.closed(0.0, 1.0), defaults.subnetworks()));
    }

    /** As a script has them. */
    static Map<String, Object> settings(InferenceSettings inference) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("features", inference.features());
        settings.put("sparsity", inference.sparsity());
        settings.put("threshold", inference.threshold());
        settings.put("subnetworks", inference.subnetworks());
        return settings;
    }
}
