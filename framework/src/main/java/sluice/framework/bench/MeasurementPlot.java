package sluice.framework.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Relative bias against variance, both logarithmic: a panel per problem, a dot per estimator. */
public final class MeasurementPlot {
    private static final int WIDTH = 900;
    private static final int PANEL_HEIGHT = 560;
    private static final int MARKER = 9;
    private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    /** What a logarithmic axis shows in place of nothing. */
    private static final double LEAST = 1e-9;

    private MeasurementPlot() {}

    /**
     * {@return hollow dots, at their standard error, are those that are not known to be biased}
     *
     * @param measurements of one problem or several, at least one
     */
    public static Figure of(List<Measurement> measurements) {
        return new Figure(measurements.stream()
                .map(Measurement::problem)
                .distinct()
                .map(problem -> panel(
                        problem,
                        measurements.stream()
                                .filter(m -> m.problem().equals(problem))
                                .toList()))
                .collect(Collectors.toList()));
    }

    /** Dots that nothing is known against. */
    private static boolean isHollow(Measurement measurement) {
        return measurement.claim() == Claim.UNBIASED && !measurement.isRejected();
    }

    private static double x(Measurement measurement) {
        return Math.max(LEAST, isHollow(measurement) ? measurement.standardError() : measurement.relativeBias());
    }

    private static double y(Measurement measurement) {
        return Math.max(LEAST, measurement.variance());
    }

    private static XYChart panel(String problem, List<Measurement> measurements) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(PANEL_HEIGHT)
                .title(problem + " (hollow: unbiased, at the standard error; orange: relaxed, own objective)")
                .xAxisTitle("relative bias |mean - g*| / |g*|")
                .yAxisTitle("variance of one estimate")
                .build();
        Figure.style(chart.getStyler());
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setXAxisMin(decade(
                        measurements.stream()
                                .mapToDouble(MeasurementPlot::x)
                                .min()
                                .orElseThrow(),
                        0))
                .setXAxisMax(decade(
                        measurements.stream()
                                .mapToDouble(MeasurementPlot::x)
                                .max()
                                .orElseThrow(),
                        1))
                .setYAxisMin(decade(
                        measurements.stream()
                                .mapToDouble(MeasurementPlot::y)
                                .min()
                                .orElseThrow(),
                        0))
                .setYAxisMax(decade(
                        measurements.stream()
                                .mapToDouble(MeasurementPlot::y)
                                .max()
                                .orElseThrow(),
                        1));
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        chart.getStyler().setMarkerSize(MARKER).setAnnotationTextFont(LABEL);
        for (Measurement measurement : measurements) {
            XYSeries dot = chart.addSeries(
                    measurement.estimator(), new double[] {x(measurement)}, new double[] {y(measurement)});
            dot.setMarker(isHollow(measurement) ? new HollowCircle() : SeriesMarkers.CIRCLE);
            dot.setMarkerColor(colour(measurement.claim()));
        }
        label(chart, measurements);
        return chart;
    }

    /** The power of ten below a value, or above it. */
    private static double decade(double value, int more) {
        return Math.pow(10, Math.floor(Math.log10(value)) + more);
    }

    private static Color colour(Claim claim) {
        return switch (claim) {
            case UNBIASED -> new Color(0x1b, 0x7a, 0x3d);
            case BIASED -> new Color(0x1f, 0x4e, 0x79);
            case RELAXED -> new Color(0xb5, 0x5a, 0x00);
        };
    }

    /** Where dots are on the page is known once the chart has been painted. */
    private static void label(XYChart chart, List<Measurement> measurements) {
        Graphics2D draft = new BufferedImage(WIDTH, PANEL_HEIGHT, BufferedImage.TYPE_INT_RGB).createGraphics();
        chart.paint(draft, WIDTH, PANEL_HEIGHT);
        List<Rectangle2D> taken = new ArrayList<>();
        for (Measurement m : measurements) {
            taken.add(new Rectangle2D.Double(
                    chart.getScreenXFromChart(x(m)) - MARKER / 2.0,
                    chart.getScreenYFromChart(y(m)) - MARKER / 2.0,
                    MARKER,
                    MARKER));
        }
        for (Measurement m : measurements) {
            Rectangle2D text = LABEL.getStringBounds(m.estimator(), draft.getFontRenderContext());
            Rectangle2D place = LabelPlace.beside(
                    chart.getScreenXFromChart(x(m)),
                    chart.getScreenYFromChart(y(m)),
                    text.getWidth(),
                    LABEL.getSize(),
                    taken,
                    new Rectangle2D.Double(0, 0, WIDTH, PANEL_HEIGHT));
            taken.add(place);
            // the library counts upwards from the bottom
            chart.addAnnotation(
                    new AnnotationText(m.estimator(), place.getCenterX(), PANEL_HEIGHT - place.getCenterY(), true));
        }
        draft.dispose();
    }

    /** A ring. */
    private static final class HollowCircle extends Marker {
        @Override
        public void paint(Graphics2D graphics, double x, double y, int size) {
            graphics.setStroke(new BasicStroke(1.6f));
            graphics.draw(new Ellipse2D.Double(x - size / 2.0, y - size / 2.0, size, size));
        }
    }
}
