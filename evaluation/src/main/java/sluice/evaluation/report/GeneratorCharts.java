package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;
import sluice.evaluation.StrategyRuns;
import sluice.evaluation.run.BoundPoint;
import sluice.evaluation.run.LatentUse;

/** The charts of a report of networks that generate as pictures, by file name without extension: of each variant's first run. */
final class GeneratorCharts {
    private static final int MOST_LATENTS = 40;

    private GeneratorCharts() {}

    static ImmutableMap<String, Chart<?, ?>> of(GeneratorRuns data) {
        ImmutableMap.Builder<String, Chart<?, ?>> charts = ImmutableMap.builder();
        int number = 1;
        for (StrategyRuns variant : data.variants()) {
            String file = number++ + "-" + FileNames.of(variant.strategy());
            for (ReportedGenerator run :
                    data.of(variant.strategy()).stream().limit(1).toList()) {
                charts.put("bound-steps-" + file, bound(run));
                charts.put("latent-use-" + file, latents(run));
            }
        }
        return charts.buildOrThrow();
    }

    private static Chart<?, ?> bound(ReportedGenerator run) {
        XYChart chart = new XYChartBuilder()
                .width(ChartPictures.WIDTH)
                .height(ChartPictures.HEIGHT)
                .title("Negative bound over steps: " + ChartPictures.name(run.strategy()) + ", seed " + run.seed())
                .xAxisTitle("step")
                .yAxisTitle("nats")
                .build();
        ChartPictures.style(chart.getStyler());
        chart.addSeries(
                        "training",
                        steps(run.curve()),
                        run.curve().stream().mapToDouble(BoundPoint::train).toArray())
                .setMarker(SeriesMarkers.NONE);
        List<BoundPoint> held = run.curve().stream()
                .filter(point -> point.validation().isPresent())
                .toList();
        if (!held.isEmpty()) {
            chart.addSeries(
                            "validation",
                            steps(held),
                            held.stream()
                                    .mapToDouble(point -> point.validation().orElseThrow())
                                    .toArray())
                    .setMarker(SeriesMarkers.NONE);
        }
        return chart;
    }

    private static double[] steps(List<BoundPoint> points) {
        return points.stream().mapToDouble(point -> (double) point.step()).toArray();
    }

    private static Chart<?, ?> latents(ReportedGenerator run) {
        ImmutableList<LatentUse> most = run.latents().stream()
                .sorted(Comparator.comparingDouble(LatentUse::kl).reversed())
                .limit(MOST_LATENTS)
                .collect(ImmutableList.toImmutableList());
        CategoryChart chart = new CategoryChartBuilder()
                .width(ChartPictures.WIDTH)
                .height(ChartPictures.HEIGHT)
                .title("KL per latent, largest first: " + ChartPictures.name(run.strategy()) + ", seed " + run.seed())
                .xAxisTitle("latent")
                .yAxisTitle("nats")
                .build();
        ChartPictures.style(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        chart.addSeries(
                "KL",
                IntStream.rangeClosed(1, most.size()).boxed().toList(),
                most.stream().map(LatentUse::kl).toList());
        return chart;
    }
}
