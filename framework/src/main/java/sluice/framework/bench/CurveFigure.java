package sluice.framework.bench;

import com.google.common.collect.ImmutableList;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import sluice.framework.internal.timing.CostCurve;

/** How costs grow: a panel per curve, both axes logarithmic, beside the line of what grows in proportion; and the same as CSV. */
public final class CurveFigure {
    private static final int WIDTH = 900;
    private static final int PANEL_HEIGHT = 300;
    private static final Color MEASURED = new Color(0x1f, 0x4e, 0x79);
    private static final Color PROPORTIONAL = new Color(0x99, 0x99, 0x99);
    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator('\n')
            .setHeader("cost", "unit", "against", "x", "y", "exponent")
            .get();

    private CurveFigure() {}

    /**
     * {@return the figure}
     *
     * @param curves at least one
     */
    public static Figure of(List<CostCurve> curves) {
        return new Figure(curves.stream().map(CurveFigure::panel).collect(Collectors.toList()));
    }

    /**
     * {@return the curves as CSV, a line per point}
     *
     * @param curves any
     */
    public static CharSequence csv(List<CostCurve> curves) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
            for (CostCurve curve : curves) {
                for (int i = 0; i < curve.points().size(); i++) {
                    CostCurve.Point point = curve.points().get(i);
                    printer.printRecord(
                            curve.cost(),
                            curve.unit(),
                            curve.against(),
                            point.x(),
                            point.y(),
                            i == 0 ? "" : curve.exponent(i));
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text;
    }

    private static XYChart panel(CostCurve curve) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(PANEL_HEIGHT)
                .title("%s by %s (grey: in proportion)".formatted(curve.cost(), curve.against()))
                .xAxisTitle(curve.against())
                .yAxisTitle(curve.unit())
                .build();
        Figure.style(chart.getStyler());
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        ImmutableList<CostCurve.Point> points = curve.points();
        CostCurve.Point last = points.get(points.size() - 1);
        List<Double> x = points.stream().map(CostCurve.Point::x).toList();
        XYSeries proportional = chart.addSeries(
                "in proportion",
                x,
                x.stream().map(at -> last.y() * at / last.x()).toList());
        proportional.setMarker(SeriesMarkers.NONE);
        proportional.setLineStyle(new BasicStroke(1)).setLineColor(PROPORTIONAL);
        XYSeries measured = chart.addSeries(
                "measured", x, points.stream().map(CostCurve.Point::y).toList());
        measured.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(MEASURED);
        measured.setLineStyle(new BasicStroke(2)).setLineColor(MEASURED);
        return chart;
    }
}
