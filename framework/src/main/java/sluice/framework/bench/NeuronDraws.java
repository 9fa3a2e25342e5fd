package sluice.framework.bench;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.BasicStroke;
import java.awt.Color;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import sluice.gating.BinaryNeuron;

/**
 * A binary neuron over logits from -3 to 3, fired once at each: what literature shows it by.
 *
 * @param neuron what fired
 * @param slope s
 * @param logits a, {@value #POINTS} of them, evenly spaced, both ends included
 * @param probabilities p(a), in [0, 1]
 * @param outputs h, 0 or 1
 */
public record NeuronDraws(
        BinaryNeuron neuron, double slope, double[] logits, double[] probabilities, double[] outputs) {
    private static final int POINTS = 10_000;
    private static final double LIMIT = 3;
    /** Less than a hundredth of a unit of the drawing. */
    private static final double INVISIBLE = 1e-5;

    private static final int WIDTH = 800;
    private static final int PANEL_HEIGHT = 260;
    private static final Color INK = new Color(0x1f, 0x4e, 0x79);

    /**
     * {@return one draw per logit}
     *
     * @param neuron what fires
     * @param slope s, above 0
     * @param seed of the noise
     */
    public static NeuronDraws of(BinaryNeuron neuron, double slope, long seed) {
        checkArgument(slope > 0 && slope < Double.POSITIVE_INFINITY, "slope must be above 0 and finite, got %s", slope);
        RandomGenerator noise = new SplittableRandom(seed);
        double[] logits = new double[POINTS];
        Arrays.setAll(logits, i -> 2 * LIMIT * i / (POINTS - 1) - LIMIT);
        double[] probabilities = Arrays.stream(logits)
                .map(logit -> neuron.activation().probability(logit, slope))
                .toArray();
        double[] outputs = Arrays.stream(probabilities)
                .map(probability -> neuron.fire(probability, noise))
                .toArray();
        return new NeuronDraws(neuron, slope, logits, probabilities, outputs);
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** {@return draws that are 1} */
    public long open() {
        return Math.round(Arrays.stream(outputs).sum());
    }

    /**
     * {@return the draws that are expected to be 1: the sum of p, or for the deterministic neuron just those that are}
     */
    public double expectedOpen() {
        return neuron.sampling() == BinaryNeuron.Sampling.DETERMINISTIC
                ? open()
                : Arrays.stream(probabilities).sum();
    }

    /** {@return the standard deviation of the number of draws that are 1} */
    public double standardDeviation() {
        return neuron.sampling() == BinaryNeuron.Sampling.DETERMINISTIC
                ? 0
                : Math.sqrt(Arrays.stream(probabilities).map(p -> p * (1 - p)).sum());
    }

    /** {@return upper panel p(a), lower panel the draws} */
    public Figure figure() {
        String title = "%s binary neuron, %s, slope %s"
                .formatted(
                        words(neuron.sampling()),
                        words(neuron.activation()),
                        BigDecimal.valueOf(slope).stripTrailingZeros().toPlainString());
        return new Figure(
                List.of(panel(title, "p(a)", probabilities, 1.5f), panel("one draw per point", "h", outputs, 0.4f)));
    }

    private XYChart panel(String heading, String axis, double[] values, float stroke) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(PANEL_HEIGHT)
                .title(heading)
                .xAxisTitle("a")
                .yAxisTitle(axis)
                .build();
        Figure.style(chart.getStyler());
        chart.getStyler()
                .setXAxisMin(-LIMIT)
                .setXAxisMax(LIMIT)
                .setYAxisMin(-0.05)
                .setYAxisMax(1.05);
        Polyline curve = Polyline.through(logits, values, INVISIBLE);
        XYSeries series = chart.addSeries(axis, curve.x(), curve.y());
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(INK);
        series.setLineStyle(new BasicStroke(stroke, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        return chart;
    }
}
