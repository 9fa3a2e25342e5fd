package sluice.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multimaps;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.BiFunction;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Printable;
import sluice.evaluation.SampleSummary;
import sluice.evaluation.StrategyRuns;

/** What the page's script draws, as JSON: figures with their means and intervals, so that the script computes none. */
final class PageData {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final ImmutableSet<String> COSTS = ImmutableSet.of(
            MeasuredMetric.MACS.key(), MeasuredMetric.TRAIN_SECONDS.key(), MeasuredMetric.MEMORY_BYTES.key());
    private static final MathContext MEAN = new MathContext(8);
    private static final int SEEDS = 10;
    private static final int FAILURES = 20;

    private final ReportData data;
    private final PageExtent extent;
    private final EvenTasks tasks;
    private final ForgettingDefinition definition;
    private final ImmutableList<Metric> headline;
    private final ImmutableListMultimap<String, ReportRun> runs;
    private final ImmutableListMultimap<String, FailedRun> failures;
    private final ObjectNode page = JSON.objectNode();
    private final ArrayNode listed = JSON.arrayNode();

    private PageData(ReportData data, PageExtent extent) {
        this.data = data;
        this.extent = extent;
        this.tasks = extent.tasks(data);
        this.definition = data.definition();
        this.headline = Headline.of(data);
        this.runs = Multimaps.index(data.runs(), ReportRun::strategy);
        this.failures = Multimaps.index(data.failed(), FailedRun::strategy);
    }

    /**
     * @param data of the report
     * @param extent how much of it
     * @param title of the page
     * @param notes what a reader must know
     */
    static ObjectNode of(ReportData data, PageExtent extent, String title, List<String> notes) {
        PageData page = new PageData(data, extent);
        page.fill(title, notes);
        return page.page;
    }

    private void fill(String title, List<String> notes) {
        page.put("title", name(title));
        texts(page.putArray("tasks"), data.tasks().stream().map(this::name).toList());
        shown(page.putObject("shown"));
        seeds();
        if (data.score() == ReportScore.RMSE) {
            page.put("numbers", true);
        }
        definition();
        ArrayNode metrics = page.putArray("headline");
        for (Metric metric : headline) {
            ObjectNode shown = metrics.addObject();
            if (metric.hasFormula()) {
                shown.put("formula", metric.description().formula());
            }
            shown.put("key", metric.key())
                    .put("title", metric.title())
                    .put("definition", data.meaning(metric))
                    .put("format", format(metric))
                    .put("better", metric.better().sign());
        }
        ArrayNode strategies = page.putArray("strategies");
        ImmutableList<StrategyRuns> all = data.strategies();
        for (int i = 0; i < Math.min(extent.listed(), all.size()); i++) {
            strategies.add(strategy(all.get(i), i < extent.whole()));
        }
        page.put("strategyCount", all.size());
        page.set("runs", listed);
        page.put("runCount", data.runs().size());
        page.put("failedCount", data.failed().size());
        texts(page.putArray("notes"), notes);
    }

    /** What forgetting is, and how its figure is shown. */
    private void definition() {
        Metric forgetting = data.score().forgetting(definition);
        page.putObject("definition")
                .put("word", definition.word())
                .put("meaning", data.score() == ReportScore.RMSE ? data.meaning(forgetting) : definition.definition())
                .put("key", forgetting.key())
                .put("format", format(forgetting));
    }

    private static String format(Metric metric) {
        return Ascii.toLowerCase(metric.format().name());
    }

    /** Which rows of matrices are on the page, 0 the untrained network, and which columns, from 0. */
    private void shown(ObjectNode node) {
        ArrayNode rows = node.putArray("rows");
        tasks.rows().forEach(rows::add);
        ArrayNode columns = node.putArray("columns");
        tasks.numbers().forEach(number -> columns.add(number - 1));
        if (!tasks.all()) {
            node.put("words", tasks.words());
        }
    }

    private void seeds() {
        List<Long> seeds = data.runs().stream().map(ReportRun::seed).distinct().toList();
        ArrayNode first = page.putArray("seeds");
        seeds.stream().limit(SEEDS).forEach(seed -> first.add(Long.toString(seed)));
        page.put("seedCount", seeds.size());
    }

    private String name(String name) {
        return name.length() <= extent.nameLength() ? name : Printable.abbreviated(name, extent.nameLength());
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    /** A strategy; what the one run of it says is said there. */
    private ObjectNode strategy(StrategyRuns strategy, boolean isWhole) {
        ImmutableList<ReportRun> all = runs.get(strategy.strategy());
        ObjectNode node =
                JSON.objectNode().put("name", name(strategy.strategy())).put("count", all.size());
        ArrayNode kinds = node.putArray("retention");
        all.stream().map(Retention::of).distinct().forEach(kind -> kinds.add(Ascii.toLowerCase(kind.name())));
        node.put("logits", all.stream().mapToLong(Retention::comparedLogits).sum());
        ArrayNode indices = node.putArray("runs");
        for (ReportRun run : all.subList(0, isWhole ? listed(all) : 0)) {
            indices.add(listed.size());
            listed.add(run(run));
        }
        failed(strategy, node);
        if (indices.size() == 1 && all.size() == 1) {
            return node;
        }
        ObjectNode metrics = node.putObject("metrics");
        strategy.metrics().stream()
                .filter(this::isListed)
                .forEach(metric -> metrics.set(metric, summary(strategy.summary(metric))));
        if (isWhole) {
            means(all, node);
        }
        return node;
    }

    private int listed(List<ReportRun> ofStrategy) {
        return extent.everyRun() ? ofStrategy.size() : Math.min(1, ofStrategy.size());
    }

    private boolean isListed(String metric) {
        return extent.everyMetric()
                || COSTS.contains(metric)
                || headline.stream().anyMatch(known -> known.key().equals(metric));
    }

    private void failed(StrategyRuns strategy, ObjectNode node) {
        node.put("failedCount", strategy.failed());
        ArrayNode failed = node.putArray("failed");
        failures.get(strategy.strategy()).stream()
                .limit(extent.everyRun() ? Integer.MAX_VALUE : FAILURES)
                .forEach(run -> failed.addObject()
                        .put("seed", Long.toString(run.seed()))
                        .put("reason", name(run.reason())));
    }

    /** Matrix, diagonal, last row and forgetting, each with its interval over runs. */
    private void means(List<ReportRun> runs, ObjectNode node) {
        int last = data.tasks().size();
        ArrayNode rows = node.putArray("matrix");
        for (int i : tasks.rows()) {
            ArrayNode cells = rows.addArray();
            tasks.numbers().forEach(j -> cells.add(mean(runs, i, j)));
        }
        ArrayNode learned = node.putArray("learned");
        ArrayNode lasting = node.putArray("last");
        ArrayNode forgetting = node.putArray("forgetting");
        for (int j = 1; j <= last; j++) {
            int task = j;
            learned.add(mean(runs, j, j));
            lasting.add(mean(runs, last, j));
            forgetting.add(summary(runs, (run, d) -> run.forgetting(d, task)));
        }
    }

    /** Mean and half the interval, to as many digits as anybody is shown; null where no run has the cell. */
    private JsonNode mean(List<ReportRun> runs, int row, int column) {
        SampleSummary summary = SampleSummary.of(
                runs.stream().map(run -> run.score(row, column)).toList());
        if (!(summary.mean() instanceof MetricValue.Defined mean)) {
            return JSON.nullNode();
        }
        ArrayNode cell = JSON.arrayNode().add(rounded(mean));
        return summary.halfWidth() instanceof MetricValue.Defined half ? cell.add(rounded(half)) : cell;
    }

    private static double rounded(MetricValue.Defined value) {
        return new BigDecimal(value.value()).round(MEAN).doubleValue();
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
                .put("strategy", name(run.strategy()))
                .put("seed", Long.toString(run.seed()))
                .put("place", name(run.place()))
                .put("retention", Ascii.toLowerCase(Retention.of(run).name()))
                .put("logits", Retention.comparedLogits(run));
        matrix(run, node);
        ArrayNode forgetting = node.putArray("forgetting");
        run.forgetting(definition).forEach(value -> forgetting.add(figure(value)));
        ObjectNode metrics = node.putObject("metrics");
        run.metrics().values().forEach((metric, value) -> {
            if (isListed(metric)) {
                metrics.set(metric, figure(value));
            }
        });
        new PageDetails(run.matrix().tasks(), run.details()).addTo(node);
        return node;
    }

    /** A number, or the reason why there is none. */
    private static JsonNode figure(MetricValue value) {
        return value instanceof MetricValue.Defined defined
                ? JSON.numberNode(defined.value())
                : JSON.textNode(((MetricValue.Undefined) value).reason());
    }

    private void matrix(ReportRun run, ObjectNode node) {
        ArrayNode rows = node.putArray("matrix");
        for (int i : tasks.rows()) {
            ArrayNode cells = rows.addArray();
            tasks.numbers().forEach(j -> cells.add(cell(run, i, j)));
        }
        int last = data.tasks().size();
        ArrayNode learned = node.putArray("learned");
        ArrayNode lasting = node.putArray("last");
        for (int j = 1; j <= last; j++) {
            learned.add(cell(run, j, j));
            lasting.add(cell(run, last, j));
        }
    }

    /**
     * Accuracy, and of counted answers how many were right and how many there were; of numbers RMSE, R2 if it is defined, and rows; null
     * where there is none.
     */
    private static JsonNode cell(ReportRun run, int row, int column) {
        if (run.errors().isPresent()) {
            return run.errors()
                    .get()
                    .cell(row, column)
                    .<JsonNode>map(cell -> JSON.arrayNode()
                            .add(cell.rmse())
                            .add(
                                    cell.r2() instanceof MetricValue.Defined r2
                                            ? JSON.numberNode(r2.value())
                                            : JSON.nullNode())
                            .add(cell.rows()))
                    .orElseGet(JSON::nullNode);
        }
        AccuracyMatrix.Cell cell = run.matrix().cell(row, column).orElse(null);
        if (cell == null) {
            return JSON.nullNode();
        }
        ArrayNode node = JSON.arrayNode().add(cell.accuracy());
        return run.counted() ? node.add(cell.correct()).add(cell.total()) : node;
    }
}
