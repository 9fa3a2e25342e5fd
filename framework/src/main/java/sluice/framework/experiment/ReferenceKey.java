package sluice.framework.experiment;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import sluice.evaluation.Reference;
import sluice.framework.internal.kernel.Blas;
import sluice.framework.strategy.Setup;
import sluice.tasks.TaskSequence;

/**
 * All that the accuracies of a reference depend on: the data and its tasks, the network's shape, the training, and what
 * computes it; not the strategy.
 *
 * @param json as one line of JSON
 * @param ofContent whether equal keys mean equal data in other processes too: the data has checksums, or is drawn
 */
record ReferenceKey(String json, boolean ofContent) {
    /** The key, with what tells the code that trains from other code. */
    static ReferenceKey of(Reference kind, RunPlan plan, TaskSequence sequence, Setup setup, String code) {
        Map<String, Object> settings = plan.settings();
        Map<String, Object> key = new TreeMap<>();
        key.put("reference", kind.word());
        key.put("data_checksums", sequence.checksums());
        key.put("data", data(settings, !sequence.checksums().isEmpty()));
        key.put("split", settings.getOrDefault("split", ""));
        key.put("scenario", settings.get("scenario"));
        key.put("hidden", setup.hidden());
        if (!setup.isDense()) {
            key.put("layers", ((Map<?, ?>) settings.get("network")).get("layers"));
        }
        key.put("training", settings.get("training"));
        key.put("seed", setup.seed());
        key.put("threads", setup.threads());
        key.put("code", code);
        key.put("java", Machine.versions().get("java"));
        key.put("nd4j", Machine.versions().get("nd4j"));
        // other kernels add in another order
        key.put("blas_core_type", Blas.coreType());
        return new ReferenceKey(
                OneLineJson.of(key),
                !sequence.checksums().isEmpty() || plan.data().drawn());
    }

    /** Files with checksums are the same files wherever they are. */
    private static Map<String, Object> data(Map<String, Object> settings, boolean checksums) {
        Map<String, Object> data = new LinkedHashMap<>();
        ((Map<?, ?>) settings.get("data")).forEach((name, value) -> data.put((String) name, value));
        if (checksums) {
            data.remove("folder");
        }
        return data;
    }

    String sha256() {
        return Hashing.sha256().hashString(json, StandardCharsets.UTF_8).toString();
    }
}
