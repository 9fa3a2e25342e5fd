package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.run.BoundPoint;
import sluice.evaluation.run.ImageBound;
import sluice.evaluation.run.LatentUse;
import sluice.evaluation.run.RunJson;
import sluice.evaluation.run.RunRecord;

/**
 * One run that trained a network that generates, as a report shows it.
 *
 * @param folder where its files are
 * @param place where a reader finds them
 * @param metrics its figures, under the variant's name in the report
 * @param provenance the content of run.json; empty where there is none
 * @param curve the bound over the steps
 * @param bounds of test images
 * @param latents how much each variable is used
 * @param pictures data URIs of those that there are
 */
record ReportedGenerator(
        Path folder,
        String place,
        RunMetrics metrics,
        Optional<RunJson> provenance,
        ImmutableList<BoundPoint> curve,
        ImmutableList<ImageBound> bounds,
        ImmutableList<LatentUse> latents,
        ImmutableMap<ModelPicture, String> pictures) {
    private static final String GENERATOR = "generator";

    String strategy() {
        return metrics.strategy();
    }

    long seed() {
        return metrics.seed();
    }

    /** The figure of that name; undefined where it was not measured. */
    MetricValue metric(String key) {
        return metrics.values().getOrDefault(key, MetricValue.undefined("it was not measured"));
    }

    /** What run.json says, as far as it is known. */
    Optional<RunRecord> record() {
        return provenance.map(RunJson::record);
    }

    /** A setting of the network; empty where none is known. */
    Optional<Object> setting(String key) {
        return record().map(RunRecord::settings)
                .map(settings -> settings.get(GENERATOR))
                .map(generator -> generator instanceof Map<?, ?> section ? section.get(key) : null);
    }

    /** Samples that each bound of a test image is made of; empty where that is not known. */
    Optional<Integer> samples() {
        return setting("evaluate")
                .map(evaluate -> evaluate instanceof Map<?, ?> section ? section.get("samples") : null)
                .map(samples -> samples instanceof Integer number ? number : null);
    }

    /** Whether it predicts the lower half of an image from the upper. */
    boolean isStructured() {
        return setting("kind").filter("structured"::equals).isPresent();
    }

    ReportedGenerator named(String strategy) {
        return with(new RunMetrics(strategy, seed(), metrics.values()));
    }

    ReportedGenerator with(RunMetrics other) {
        return new ReportedGenerator(folder, place, other, provenance, curve, bounds, latents, pictures);
    }

    ReportedGenerator withoutPictures() {
        return new ReportedGenerator(folder, place, metrics, provenance, curve, bounds, latents, ImmutableMap.of());
    }

    ReportedGenerator withoutLatents() {
        return new ReportedGenerator(folder, place, metrics, provenance, curve, bounds, ImmutableList.of(), pictures);
    }

    ReportedGenerator withCurve(ImmutableList<BoundPoint> fewer) {
        return new ReportedGenerator(folder, place, metrics, provenance, fewer, bounds, latents, pictures);
    }

    ReportedGenerator withoutProvenance() {
        return new ReportedGenerator(folder, place, metrics, Optional.empty(), curve, bounds, latents, pictures);
    }
}
