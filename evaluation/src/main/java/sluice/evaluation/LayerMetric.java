package sluice.evaluation;

import com.google.common.base.Ascii;

/** The metrics that a run measures layer by layer. */
public enum LayerMetric {
    /** Multiply-adds of the forward pass. */
    MACS_FORWARD(
            "Multiply-adds forward", "multiply-adds of training, forward", Metric.Format.COUNT, Metric.Better.LESS),
    /** Multiply-adds of the backward pass. */
    MACS_BACKWARD(
            "Multiply-adds backward", "multiply-adds of training, backward", Metric.Format.COUNT, Metric.Better.LESS),
    /** Multiply-adds of the forward pass of a dense network. */
    MACS_DENSE_FORWARD(
            "Multiply-adds forward, dense",
            "multiply-adds of training the dense network, forward",
            Metric.Format.COUNT,
            Metric.Better.NEITHER),
    /** Multiply-adds of the backward pass of a dense network. */
    MACS_DENSE_BACKWARD(
            "Multiply-adds backward, dense",
            "multiply-adds of training the dense network, backward",
            Metric.Format.COUNT,
            Metric.Better.NEITHER),
    /** Frozen share. */
    OCCUPANCY("Occupancy", "frozen share of the layer", Metric.Format.SHARE, Metric.Better.NEITHER),
    /** Units. */
    WIDTH("Width", "units of the layer", Metric.Format.COUNT, Metric.Better.NEITHER);

    private final String title;
    private final String formula;
    private final Metric.Format format;
    private final Metric.Better better;

    LayerMetric(String title, String formula, Metric.Format format, Metric.Better better) {
        this.title = title;
        this.formula = formula;
        this.format = format;
        this.better = better;
    }

    /**
     * {@return the metric of that layer}
     *
     * @param layer {@code layer_1}, ... from the lowest hidden layer on, or {@code head}
     */
    public Metric of(String layer) {
        return new OfLayer(
                prefix() + layer, new Metric.Description(title + " of " + layer, formula, "", format, better));
    }

    /**
     * {@return the metric of that layer}
     *
     * @param layer a hidden layer, from 0
     */
    public Metric ofHidden(int layer) {
        return of("layer_" + (layer + 1));
    }

    /** What all its keys begin with. */
    String prefix() {
        return Ascii.toLowerCase(name()) + "_";
    }

    private record OfLayer(String key, Metric.Description description) implements Metric {}
}
