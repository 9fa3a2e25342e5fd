package sluice.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.MetricValue;
import sluice.evaluation.SampleSummary;
import sluice.evaluation.StrategyRuns;

/** What the page's script draws, as JSON: figures with their means and intervals, so that the script computes none. */
final class PageData {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ReportData data;
    private final ForgettingDefinition definition;
    private final ObjectNode page = JSON.objectNode();

    private PageData(ReportData data) {
        this.data = data;
        this.definition = data.definition();
    }

    /**
     * @param data of the report
     * @param title of the page
     * @param notes what a reader must know
     */
    static ObjectNode of(ReportData data, String title, List<String> notes) {
        PageData page = new PageData(data);
        page.fill(title, notes);
        return page.page;
    }

    private void fill(String title, List<String> notes) {
        page.put("title", title);
        texts(page.putArray("tasks"), data.tasks());
        page.putObject("definition").put("word", definition.word()).put("formula", definition.formula());
        ArrayNode headline = page.putArray("headline");
        for (HeadlineMetric metric : HeadlineMetric.of(data)) {
            headline.addObject()
                    .put("key", metric.key())
                    .put("title", metric.title())
                    .put("definition", metric.definition())
                    .put("format", Ascii.toLowerCase(metric.format().name()))
                    .put("better", metric.better());
        }
        ArrayNode strategies = page.putArray("strategies");
        data.strategies().forEach(strategy -> strategies.add(strategy(strategy)));
        ArrayNode runs = page.putArray("runs");
        data.runs().forEach(run -> runs.add(run(run)));
        texts(page.putArray("notes"), notes);
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private ObjectNode strategy(StrategyRuns strategy) {
        ObjectNode node = JSON.objectNode().put("name", strategy.strategy());
        ArrayNode indices = node.putArray("runs");
        List<ReportRun> runs = new ArrayList<>();
        for (int i = 0; i < data.runs().size(); i++) {
            if (data.runs().get(i).strategy().equals(strategy.strategy())) {
                indices.add(i);
                runs.add(data.runs().get(i));
            }
        }
        ArrayNode failed = node.putArray("failed");
        data.failed().stream()
                .filter(run -> run.strategy().equals(strategy.strategy()))
                .forEach(run -> failed.addObject()
                        .put("seed", Long.toString(run.seed()))
                        .put("reason", run.reason()));
        ObjectNode metrics = node.putObject("metrics");
        for (String metric : strategy.metrics()) {
            metrics.set(metric, summary(strategy.summary(metric)));
        }
        int last = data.tasks().size();
        ArrayNode rows = node.putArray("matrix");
        for (int i = 0; i <= last; i++) {
            int row = i;
            ArrayNode cells = rows.addArray();
            for (int j = 1; j <= last; j++) {
                int column = j;
                ObjectNode cell = summary(runs, (run, d) -> run.matrix().accuracy(row, column));
                cells.add(cell.has("mean") ? cell : null);
            }
        }
        ArrayNode forgetting = node.putArray("forgetting");
        for (int j = 1; j <= last; j++) {
            int task = j;
            forgetting.add(summary(runs, (run, d) -> d.ofTask(run.matrix(), task)));
        }
        return node;
    }

    private ObjectNode summary(List<ReportRun> runs, BiFunction<ReportRun, ForgettingDefinition, MetricValue> value) {
        return summary(SampleSummary.of(
                runs.stream().map(run -> value.apply(run, definition)).toList()));
    }

    private static ObjectNode summary(SampleSummary summary) {
        ObjectNode node = JSON.objectNode().put("n", summary.n());
        if (summary.mean() instanceof MetricValue.Undefined none) {
            return node.put("reason", none.reason());
        }
        put(node, "mean", summary.mean());
        put(node, "half", summary.halfWidth());
        return node;
    }

    private static void put(ObjectNode node, String field, MetricValue value) {
        if (value instanceof MetricValue.Defined defined) {
            node.put(field, defined.value());
        }
    }

    private ObjectNode run(ReportRun run) {
        ObjectNode node = JSON.objectNode()
                .put("strategy", run.strategy())
                .put("seed", Long.toString(run.seed()))
                .put("place", run.place())
                .put("retention", Ascii.toLowerCase(Retention.of(run).name()))
                .put("logits", Retention.comparedLogits(run));
        matrix(run, node);
        ArrayNode forgetting = node.putArray("forgetting");
        run.forgetting(definition).forEach(value -> forgetting.add(figure(value)));
        ObjectNode metrics = node.putObject("metrics");
        for (Map.Entry<String, MetricValue> metric : run.metrics().values().entrySet()) {
            metrics.set(metric.getKey(), figure(metric.getValue()));
        }
        new PageDetails(run.matrix().tasks(), run.details()).addTo(node);
        return node;
    }

    /** A number, or the reason why there is none. */
    private static JsonNode figure(MetricValue value) {
        return value instanceof MetricValue.Defined defined
                ? JSON.numberNode(defined.value())
                : JSON.textNode(((MetricValue.Undefined) value).reason());
    }

    private static void matrix(ReportRun run, ObjectNode node) {
        ArrayNode rows = node.putArray("matrix");
        ImmutableList<String> tasks = run.matrix().tasks();
        for (int i = 0; i <= tasks.size(); i++) {
            ArrayNode cells = rows.addArray();
            for (int j = 1; j <= tasks.size(); j++) {
                AccuracyMatrix.Cell cell = run.matrix().cell(i, j).orElse(null);
                if (cell == null) {
                    cells.addNull();
                } else if (run.counted()) {
                    cells.addArray().add(cell.accuracy()).add(cell.correct()).add(cell.total());
                } else {
                    cells.addArray().add(cell.accuracy());
                }
            }
        }
    }
}
