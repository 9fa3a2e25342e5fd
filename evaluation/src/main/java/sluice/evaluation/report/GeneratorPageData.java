package sluice.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import sluice.evaluation.Metric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Printable;
import sluice.evaluation.SampleSummary;
import sluice.evaluation.StrategyRuns;
import sluice.evaluation.run.BoundPoint;
import sluice.evaluation.run.LatentUse;

/**
 * What the script of a page of networks that generate draws, as JSON: figures with their means and intervals, so that the
 * script computes none.
 *
 * @param shown runs, of which some may lack details
 * @param all the same runs with all their details, which figures and words are of
 */
record GeneratorPageData(GeneratorRuns shown, GeneratorRuns all) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final MathContext SHOWN = new MathContext(7);
    private static final int SEEDS = 10;
    private static final int NAME_LENGTH = 10_000;

    ObjectNode of(String title, List<String> notes) {
        ObjectNode page = JSON.objectNode().put("title", name(title));
        headline(page.putArray("headline"));
        GeneratorVerdict verdict = GeneratorVerdict.of(all);
        page.putObject("verdict").put("title", verdict.title()).put("text", verdict.text());
        pictures(page.putArray("pictures"));
        page.put("used", LatentUse.USED);
        List<StrategyRuns> variants = all.variants();
        String best = all.ranked().get(0).strategy();
        ArrayNode strategies = page.putArray("strategies");
        ArrayNode runs = page.putArray("runs");
        for (StrategyRuns variant : variants) {
            strategies.add(variant(variant, runs).put("best", variant.strategy().equals(best)));
        }
        List<Long> seeds =
                all.runs().stream().map(ReportedGenerator::seed).distinct().toList();
        ArrayNode first = page.putArray("seeds");
        seeds.stream().limit(SEEDS).forEach(seed -> first.add(Long.toString(seed)));
        page.put("seedCount", seeds.size())
                .put("strategyCount", variants.size())
                .put("runCount", all.runs().size())
                .put("failedCount", all.failed().size());
        notes.forEach(page.putArray("notes")::add);
        return page;
    }

    private static String name(String name) {
        return Printable.abbreviated(name, NAME_LENGTH);
    }

    private void headline(ArrayNode node) {
        GeneratorHeadline headline = new GeneratorHeadline(all);
        for (Metric metric : headline.metrics()) {
            node.addObject()
                    .put("key", metric.key())
                    .put("title", GeneratorHeadline.title(metric))
                    .put("definition", headline.definition(metric))
                    .put(
                            "format",
                            GeneratorHeadline.isInNats(metric)
                                    ? "nats"
                                    : Ascii.toLowerCase(metric.format().name()))
                    .put("better", metric.better().sign());
        }
    }

    private static void pictures(ArrayNode node) {
        for (ModelPicture picture : ModelPicture.values()) {
            node.addObject()
                    .put("key", picture.key())
                    .put("title", picture.title())
                    .put("alternative", picture.alternative())
                    .put("about", picture.about());
        }
    }

    private ObjectNode variant(StrategyRuns variant, ArrayNode runs) {
        ObjectNode node = JSON.objectNode()
                .put("name", name(variant.strategy()))
                .put("count", variant.finished().size());
        ArrayNode indices = node.putArray("runs");
        for (ReportedGenerator run : shown.of(variant.strategy())) {
            indices.add(runs.size());
            runs.add(run(run));
        }
        node.put("failedCount", variant.failed());
        ArrayNode failed = node.putArray("failed");
        all.failed().stream()
                .filter(run -> run.strategy().equals(variant.strategy()))
                .forEach(run -> failed.addObject()
                        .put("seed", Long.toString(run.seed()))
                        .put("reason", name(run.reason())));
        ObjectNode metrics = node.putObject("metrics");
        variant.metrics().forEach(metric -> metrics.set(metric, summary(variant.summary(metric))));
        return node;
    }

    private static ObjectNode summary(SampleSummary summary) {
        ObjectNode node = JSON.objectNode().put("n", summary.n());
        if (summary.mean() instanceof MetricValue.Undefined none) {
            return node.put("reason", none.reason());
        }
        summary.mean().number().ifPresent(mean -> node.put("mean", mean));
        summary.halfWidth().number().ifPresent(half -> node.put("half", half));
        return node;
    }

    private static ObjectNode run(ReportedGenerator run) {
        ObjectNode node = JSON.objectNode()
                .put("strategy", name(run.strategy()))
                .put("seed", Long.toString(run.seed()))
                .put("place", name(run.place()));
        ObjectNode metrics = node.putObject("metrics");
        run.metrics().values().forEach((metric, value) -> metrics.set(metric, figure(value)));
        ArrayNode curve = node.putArray("curve");
        run.curve().forEach(point -> curve.add(point(point)));
        ArrayNode latents = node.putArray("latents");
        run.latents()
                .forEach(one -> latents.addArray()
                        .add(one.layer())
                        .add(one.variable())
                        .add(one.values())
                        .add(rounded(one.kl()))
                        .add(rounded(one.mostUsed())));
        ObjectNode pictures = node.putObject("pictures");
        run.pictures().forEach((picture, uri) -> pictures.put(picture.key(), uri));
        run.provenance().ifPresent(file -> node.set("record", file.withoutTasks()));
        return node;
    }

    /** Step, bound of training, and of validation where it was looked at. */
    private static ArrayNode point(BoundPoint point) {
        ArrayNode node = JSON.arrayNode().add(point.step()).add(rounded(point.train()));
        point.validation().ifPresent(bound -> node.add(rounded(bound)));
        return node;
    }

    /** A number, or the reason why there is none. */
    private static JsonNode figure(MetricValue value) {
        return value instanceof MetricValue.Defined defined
                ? JSON.numberNode(defined.value())
                : JSON.textNode(((MetricValue.Undefined) value).reason());
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(SHOWN).doubleValue();
    }
}
