package sluice.evaluation.report;

import com.google.common.base.Splitter;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Multimaps;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import sluice.evaluation.ContinualEvaluation;
import sluice.evaluation.run.ConfusionCount;
import sluice.evaluation.run.GateLayer;
import sluice.evaluation.run.LearningPoint;
import sluice.evaluation.run.TaskOverlap;

/** What one run was like inside, as pictures: its gates layer by layer, how tasks were learned, which classes were confused. */
final class DetailPictures {
    /** Beyond this many cells a map of units is no picture any more; the page zooms. */
    private static final int MOST_CELLS = 60_000;

    /** Beyond this many tasks a picture for each is a flood. */
    private static final int MOST_TASKS = 20;

    private static final int NEW = 1;
    private static final int REUSED = 2;
    private static final int BINS = 10;

    private final ReportRun run;
    private final List<String> names;
    private final String file;
    private final String of;
    private final ImmutableMap.Builder<String, Chart<?, ?>> charts = ImmutableMap.builder();

    private DetailPictures(ReportRun run, List<String> names, String file) {
        this.run = run;
        this.names = names;
        this.file = file + "-seed" + run.seed();
        this.of = ": " + ChartPictures.name(run.strategy()) + ", seed " + run.seed();
    }

    /**
     * The pictures by file name without extension.
     *
     * @param names of the tasks, as pictures have them
     * @param file what names of files end in
     */
    static ImmutableMap<String, Chart<?, ?>> of(ReportRun run, List<String> names, String file) {
        DetailPictures pictures = new DetailPictures(run, names, file);
        pictures.curve("loss", LearningPoint::loss);
        pictures.curve("accuracy", LearningPoint::accuracy);
        pictures.continual();
        pictures.gates();
        pictures.confusion();
        return pictures.charts.buildOrThrow();
    }

    private int task(String name) {
        return run.matrix().tasks().indexOf(name);
    }

    private static XYChart plot(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(ChartPictures.WIDTH)
                .height(ChartPictures.HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        ChartPictures.style(chart.getStyler());
        return chart;
    }

    private void curve(String what, ToDoubleFunction<LearningPoint> value) {
        XYChart chart = plot("Learning curves, " + what + of, "step", what);
        ImmutableListMultimap<String, LearningPoint> byTask =
                Multimaps.index(run.details().curves(), LearningPoint::task);
        double before = 0;
        boolean drawn = false;
        for (String task : byTask.keySet()) {
            double begun = before;
            List<LearningPoint> known = byTask.get(task).stream()
                    .filter(point -> Double.isFinite(value.applyAsDouble(point)))
                    .toList();
            before += byTask.get(task).stream()
                    .mapToLong(LearningPoint::step)
                    .max()
                    .orElse(0);
            if (!known.isEmpty() && task(task) >= 0) {
                drawn = true;
                chart.addSeries(
                                names.get(task(task)),
                                known.stream()
                                        .mapToDouble(point -> begun + point.step())
                                        .toArray(),
                                known.stream().mapToDouble(value).toArray())
                        .setMarker(SeriesMarkers.NONE);
            }
        }
        if (drawn) {
            charts.put("learning-" + what + "-" + file, chart);
        }
    }

    private void continual() {
        ListMultimap<Integer, Double> steps = ArrayListMultimap.create();
        ListMultimap<Integer, Double> accuracies = ArrayListMultimap.create();
        long[] ofAll = run.details().continualSteps();
        for (int i = 0; i < ofAll.length; i++) {
            ContinualEvaluation.Point point = run.details().continual().get(i);
            steps.put(point.task(), (double) ofAll[i]);
            accuracies.put(point.task(), point.accuracy());
        }
        if (steps.isEmpty()) {
            return;
        }
        XYChart chart = plot("Accuracy between steps" + of, "step", "accuracy");
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
        for (int task : new TreeSet<>(steps.keySet())) {
            chart.addSeries(names.get(task - 1), steps.get(task), accuracies.get(task))
                    .setMarker(SeriesMarkers.NONE);
        }
        charts.put("continual-evaluation-" + file, chart);
    }

    private void gates() {
        ImmutableListMultimap<Integer, GateLayer> byLayer =
                Multimaps.index(run.details().gates(), GateLayer::layer);
        if (byLayer.isEmpty()) {
            return;
        }
        XYChart occupancy = plot("Occupancy" + of, "tasks learned", "share of the layer that some task uses");
        occupancy.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setXAxisDecimalPattern("0");
        for (int layer : new TreeMap<>(byLayer.asMap()).keySet()) {
            List<GateLayer> tasks = byLayer.get(layer);
            occupancy.addSeries(
                    "layer " + layer,
                    IntStream.rangeClosed(1, tasks.size()).asDoubleStream().toArray(),
                    units(layer, tasks));
            probabilities(layer, tasks);
            overlap(layer);
        }
        charts.put("occupancy-" + file, occupancy);
    }

    /** Draws which task opened which unit, and gives how full the layer was after each. */
    private double[] units(int layer, List<GateLayer> tasks) {
        RangeSet<Integer> used = TreeRangeSet.create();
        List<Number[]> cells = new ArrayList<>();
        double[] full = new double[tasks.size()];
        int widest = tasks.stream().mapToInt(GateLayer::units).max().orElse(0);
        for (int t = 0; t < tasks.size(); t++) {
            GateLayer gates = tasks.get(t);
            RangeSet<Integer> open = gates.openUnits();
            for (int unit = 0; unit < gates.units(); unit++) {
                int kind = !open.contains(unit) ? 0 : used.contains(unit) ? REUSED : NEW;
                cells.add(new Number[] {unit, tasks.size() - 1 - t, kind});
            }
            used.addAll(open);
            int count = used.asRanges().stream()
                    .mapToInt((Range<Integer> range) -> range.upperEndpoint() - range.lowerEndpoint())
                    .sum();
            full[t] = (double) count / gates.units();
        }
        if (cells.size() <= MOST_CELLS) {
            List<String> columns =
                    IntStream.range(0, widest).mapToObj(Integer::toString).toList();
            HeatMapChart chart = map("Units of layer " + layer + " (2 reused, 1 opened first here, 0 closed)", "unit");
            chart.getStyler()
                    .setRangeColors(new Color[] {new Color(0xeef1f4), new Color(0xd55e00), new Color(0x0072b2)})
                    .setMax(REUSED)
                    .setShowValue(false);
            chart.getStyler().setXAxisMaxLabelCount(BINS).setPlotGridLinesVisible(false);
            chart.addSeries("units", columns, backwards(tasks), cells);
            charts.put("units-layer" + layer + "-" + file, chart);
        }
        return full;
    }

    private List<String> backwards(List<GateLayer> tasks) {
        return IntStream.range(0, tasks.size())
                .mapToObj(t -> names.get(task(tasks.get(tasks.size() - 1 - t).task())))
                .toList();
    }

    private void probabilities(int layer, List<GateLayer> tasks) {
        List<Number[]> cells = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            List<String> counts = Splitter.on(' ').splitToList(tasks.get(t).probabilities());
            for (int bin = 0; counts.size() == BINS && bin < BINS; bin++) {
                cells.add(new Number[] {bin, tasks.size() - 1 - t, Integer.parseInt(counts.get(bin))});
            }
        }
        if (cells.isEmpty()) {
            return;
        }
        HeatMapChart chart = map("Gates of layer " + layer + " by open probability", "open probability");
        chart.getStyler().setShowValue(tasks.size() <= MOST_TASKS);
        List<String> bins = IntStream.range(0, BINS)
                .mapToObj(bin -> "0." + bin + " to " + (bin == BINS - 1 ? "1" : "0." + (bin + 1)))
                .toList();
        chart.addSeries("gates", bins, backwards(tasks), cells);
        charts.put("gate-probabilities-layer" + layer + "-" + file, chart);
    }

    private void overlap(int layer) {
        List<Number[]> cells = new ArrayList<>();
        int last = names.size() - 1;
        for (TaskOverlap overlap : run.details().overlaps()) {
            if (overlap.layer().equals("layer_" + layer) && Double.isFinite(overlap.jaccard())) {
                cells.add(new Number[] {task(overlap.earlier()), last - task(overlap.task()), overlap.jaccard()});
            }
        }
        if (cells.isEmpty()) {
            return;
        }
        HeatMapChart chart = map("Overlap in layer " + layer + " (Jaccard)", "earlier task");
        chart.getStyler().setMax(1).setShowValue(names.size() <= MOST_TASKS).setHeatMapValueDecimalPattern("0.00");
        chart.addSeries(
                "overlap",
                names,
                IntStream.rangeClosed(0, last)
                        .mapToObj(t -> names.get(last - t))
                        .toList(),
                cells);
        charts.put("overlap-layer" + layer + "-" + file, chart);
    }

    private void confusion() {
        ImmutableListMultimap<String, ConfusionCount> byTask =
                Multimaps.index(run.details().confusion(), ConfusionCount::task);
        if (byTask.keySet().size() > MOST_TASKS) {
            return;
        }
        byTask.asMap().forEach((task, counts) -> {
            List<String> classes = Stream.concat(
                            counts.stream().map(ConfusionCount::actual),
                            counts.stream().map(ConfusionCount::predicted))
                    .distinct()
                    .toList();
            int last = classes.size() - 1;
            List<Number[]> cells = counts.stream()
                    .map(count -> new Number[] {
                        classes.indexOf(count.predicted()), last - classes.indexOf(count.actual()), count.count()
                    })
                    .toList();
            List<String> shown = IntStream.rangeClosed(0, last)
                    .mapToObj(c -> (c + 1) + ": " + ChartPictures.name(ConfusionCount.shown(classes.get(c))))
                    .toList();
            HeatMapChart chart = map("Confusion in task " + names.get(task(task)), "answer");
            chart.getStyler().setShowValue(classes.size() <= MOST_TASKS);
            chart.addSeries(
                    "confusion",
                    shown,
                    IntStream.rangeClosed(0, last)
                            .mapToObj(c -> shown.get(last - c))
                            .toList(),
                    cells);
            charts.put("confusion-task" + (task(task) + 1) + "-" + file, chart);
        });
    }

    private HeatMapChart map(String title, String across) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(ChartPictures.WIDTH)
                .height(ChartPictures.HEIGHT)
                .title(title + of)
                .xAxisTitle(across)
                .build();
        ChartPictures.style(chart.getStyler());
        chart.getStyler()
                .setRangeColors(new Color[] {new Color(0xf3f7fb), new Color(0x93c0e0), new Color(0x4a93c7)})
                .setMin(0)
                .setHeatMapValueDecimalPattern("0");
        chart.getStyler().setYAxisTickMarkSpacingHint(24);
        return chart;
    }
}
