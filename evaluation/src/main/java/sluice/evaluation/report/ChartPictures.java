package sluice.evaluation.report;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import sluice.evaluation.ForgettingDefinition;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.Printable;
import sluice.evaluation.SampleSummary;
import sluice.evaluation.StrategyRuns;

/** The charts of a report as pictures, by file name without extension; means over seeds, and each strategy's first run inside. */
final class ChartPictures {
    static final int WIDTH = 900;
    static final int HEIGHT = 560;
    private static final int NAME_LENGTH = 18;
    private static final int MOST_TASKS = 100;
    private static final MathContext UPWARDS = new MathContext(3, RoundingMode.CEILING);
    private static final Color[] COLOURS = {
        new Color(0x0072b2), new Color(0xd55e00), new Color(0x007a5a), new Color(0xb0508a), new Color(0x8a6500),
        new Color(0x2e8fc4), new Color(0x5b4ea0), new Color(0x7a4a2b), new Color(0x4d5965), new Color(0xa3283f)
    };

    private final ReportData data;
    private final ForgettingDefinition definition;
    private final ImmutableList<String> tasks;
    private final EvenTasks shown;
    private final ImmutableMap.Builder<String, Chart<?, ?>> charts = ImmutableMap.builder();

    private ChartPictures(ReportData data) {
        this.data = data;
        this.definition = data.definition();
        this.tasks = IntStream.range(0, data.tasks().size())
                .mapToObj(j -> (j + 1) + ": " + name(data.tasks().get(j)))
                .collect(ImmutableList.toImmutableList());
        this.shown = EvenTasks.of(tasks.size(), MOST_TASKS);
    }

    static ImmutableMap<String, Chart<?, ?>> of(ReportData data) {
        ChartPictures pictures = new ChartPictures(data);
        int number = 1;
        for (StrategyRuns strategy : data.strategies()) {
            if (!strategy.finished().isEmpty()) {
                pictures.strategy(strategy.strategy(), number + "-" + FileNames.of(strategy.strategy()));
            }
            number++;
        }
        if (data.strategies().size() > 1) {
            pictures.comparison();
        }
        return pictures.charts.buildOrThrow();
    }

    private void strategy(String strategy, String file) {
        List<ReportRun> runs = data.runs().stream()
                .filter(run -> run.strategy().equals(strategy))
                .toList();
        charts.put(word() + "-matrix-" + file, matrix(strategy, runs));
        charts.put(word() + "-sequence-" + file, sequence(strategy, runs));
        if (data.tasks().size() > 1) {
            charts.put("forgetting-tasks-" + file, forgetting(strategy, runs));
        }
        charts.putAll(DetailPictures.of(runs.get(0), tasks, file));
    }

    static String name(String name) {
        return Printable.abbreviated(name, NAME_LENGTH);
    }

    /** What a title says where a chart does not show all tasks. */
    private String words() {
        return shown.all() ? "" : " (" + shown.words() + ")";
    }

    private boolean numbers() {
        return data.score() == ReportScore.RMSE;
    }

    /** The score, as names of files have it. */
    private String word() {
        return Ascii.toLowerCase(data.score().title());
    }

    private static SampleSummary score(List<ReportRun> runs, int i, int j) {
        return SampleSummary.of(runs.stream().map(run -> run.score(i, j)).toList());
    }

    static void style(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setSeriesColors(COLOURS);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
    }

    private Chart<?, ?> matrix(String strategy, List<ReportRun> runs) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title((numbers() ? "RMSE" : "Accuracy matrix") + ": " + name(strategy) + words())
                .xAxisTitle("task evaluated")
                .yAxisTitle("after learning")
                .build();
        style(chart.getStyler());
        chart.getStyler()
                .setRangeColors(new Color[] {new Color(0xf3f7fb), new Color(0x93c0e0), new Color(0x4a93c7)})
                .setMin(0)
                .setMax(numbers() ? largest(runs) : 1)
                .setShowValue(data.tasks().size() <= 12)
                .setHeatMapValueDecimalPattern(numbers() ? pattern(largest(runs)) : "0.000");
        chart.getStyler().setYAxisTickMarkSpacingHint(24);
        List<Integer> columns = shown.numbers();
        // the library counts rows upwards
        List<Integer> upwards = shown.rows().reverse();
        List<Number[]> cells = new ArrayList<>();
        for (int y = upwards.size() - 1; y >= 0; y--) {
            for (int x = 0; x < columns.size(); x++) {
                if (score(runs, upwards.get(y), columns.get(x)).mean() instanceof MetricValue.Defined mean) {
                    cells.add(new Number[] {x, y, mean.value()});
                }
            }
        }
        List<String> rows = upwards.stream()
                .map(i -> i == 0 ? "untrained" : tasks.get(i - 1))
                .toList();
        chart.addSeries(
                data.score().word(), columns.stream().map(j -> tasks.get(j - 1)).toList(), rows, cells);
        return chart;
    }

    private double largest(List<ReportRun> runs) {
        return shown.rows().stream()
                .flatMap(
                        i -> shown.numbers().stream().map(j -> score(runs, i, j).mean()))
                .flatMapToDouble(mean -> mean.number().stream())
                .filter(error -> error > 0)
                .map(error -> new BigDecimal(error).round(UPWARDS).doubleValue())
                .max()
                .orElse(1);
    }

    /** As many decimals as the largest number needs for four digits. */
    private static String pattern(double largest) {
        int decimals = 3 - (int) Math.floor(Math.log10(largest));
        return decimals < -4 || decimals > 8 ? "0.###E0" : decimals > 0 ? "0." + "0".repeat(decimals) : "0";
    }

    private Chart<?, ?> sequence(String strategy, List<ReportRun> runs) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(data.score().title() + " over the sequence: " + name(strategy) + words())
                .xAxisTitle("tasks learned")
                .yAxisTitle(data.score().word())
                .build();
        style(chart.getStyler());
        chart.getStyler().setYAxisMin(0.0).setXAxisDecimalPattern("0");
        if (!numbers()) {
            chart.getStyler().setYAxisMax(1.0);
        }
        for (int task : shown.numbers()) {
            List<Integer> after = shown.numbers().stream()
                    .filter(i -> i >= task && score(runs, i, task).n() > 0)
                    .toList();
            double[] accuracies = after.stream()
                    .flatMapToDouble(i -> score(runs, i, task).mean().number().stream())
                    .toArray();
            if (!after.isEmpty()) {
                chart.addSeries(tasks.get(task - 1), Doubles.toArray(after), accuracies);
            }
        }
        return chart;
    }

    private Chart<?, ?> forgetting(String strategy, List<ReportRun> runs) {
        List<String> names = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int j = 1; j <= data.tasks().size(); j++) {
            int task = j;
            SampleSummary summary = SampleSummary.of(
                    runs.stream().map(run -> run.forgetting(definition, task)).toList());
            names.add(tasks.get(j - 1));
            values.add(summary.mean().number().orElse(0));
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Forgetting (" + definition.word() + "): " + name(strategy))
                .xAxisTitle("task; the one learned last has none")
                .yAxisTitle("forgetting")
                .build();
        style(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        chart.addSeries("forgetting", names, values);
        return chart;
    }

    private void comparison() {
        Headline.of(data).forEach(metric -> bars(metric));
        if (data.strategies().stream()
                .anyMatch(s -> s.summary(MeasuredMetric.MACS.key()).n() > 0
                        && s.summary(data.score().metric().key()).n() > 0)) {
            charts.put(word() + "-cost", cost());
        }
    }

    private void bars(Metric metric) {
        List<StrategyRuns> shown = data.strategies().stream()
                .filter(s -> s.summary(metric.key()).n() > 0)
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(metric.title() + ", mean and 95 % interval over seeds")
                .yAxisTitle(metric.title())
                .build();
        style(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        List<String> names = IntStream.range(0, shown.size())
                .mapToObj(at -> (at + 1) + ": " + name(shown.get(at).strategy()))
                .toList();
        chart.addSeries(
                metric.title(),
                names,
                shown.stream()
                        .map(s -> s.summary(metric.key()).mean().number().orElseThrow())
                        .toList(),
                shown.stream()
                        .map(s -> s.summary(metric.key()).halfWidth().number().orElse(0))
                        .toList());
        charts.put("strategies-" + FileNames.of(metric.key()), chart);
    }

    private Chart<?, ?> cost() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(data.score().title() + " against cost")
                .xAxisTitle("multiply-adds of training")
                .yAxisTitle(data.score().metric().title())
                .build();
        style(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        int number = 1;
        for (StrategyRuns strategy : data.strategies()) {
            SampleSummary macs = strategy.summary(MeasuredMetric.MACS.key());
            SampleSummary acc = strategy.summary(data.score().metric().key());
            if (macs.mean() instanceof MetricValue.Defined x && acc.mean() instanceof MetricValue.Defined y) {
                chart.addSeries(
                                number + ": " + name(strategy.strategy()),
                                new double[] {x.value()},
                                new double[] {y.value()},
                                new double[] {acc.halfWidth().number().orElse(0)})
                        .setMarker(SeriesMarkers.CIRCLE);
            }
            number++;
        }
        return chart;
    }
}
