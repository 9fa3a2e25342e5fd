package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How gates tell classes apart where the scenario does not tell the task. {@link ScriptReader} checks the ranges.
 *
 * @param features random features that gates choose from, 18 to 20000
 * @param sparsity penalty on open features, at least 0
 * @param threshold probability below which the answer is unknown, in [0, 1]
 * @param subnetworks weight of what a gated subnetwork per task says beside, in [0, 1]
 */
public record InferenceSettings(int features, double sparsity, double threshold, double subnetworks) {
    static final ImmutableList<String> KEYS = ImmutableList.of("features", "sparsity", "threshold", "subnetworks");

    static InferenceSettings read(Section inference) {
        return new InferenceSettings(
                inference.integer("features", Range.closed(18, 20_000), 4608),
                inference.real("sparsity", Range.atLeast(0.0), 0.1),
                inference.real("threshold", Range.closed(0.0, 1.0), 0),
                inference.real("subnetworks", Range.closed(0.0, 1.0), 0));
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("features", features);
        settings.put("sparsity", sparsity);
        settings.put("threshold", threshold);
        settings.put("subnetworks", subnetworks);
        return settings;
    }
}
