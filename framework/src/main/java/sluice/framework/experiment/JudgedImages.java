package sluice.framework.experiment;

import sluice.evaluation.GeneratorMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.RunMetrics;

/**
 * What came of images that were asked for by their class.
 *
 * @param asked images that were asked for
 * @param recognised share of them that the classifier calls by the class asked for
 * @param recognisedLeast the least such share of a class
 * @param recognisedFirst that of images as first drawn, those among them that the model itself takes for another class
 * @param classifier share of real test images that the classifier answers right
 * @param distance least ratio over the classes: median distance of generated images to the nearest training image of their
 *     class, over that of test images; infinite where no test image is at a distance
 * @param distanceDrawn the same where pixels are drawn, of generated, test and training images alike
 */
public record JudgedImages(
        int asked,
        double recognised,
        double recognisedLeast,
        double recognisedFirst,
        double classifier,
        double distance,
        double distanceDrawn) {
    /** The metrics with these. */
    RunMetrics in(RunMetrics metrics) {
        return metrics.with(GeneratorMetric.RECOGNISED, recognised)
                .with(GeneratorMetric.RECOGNISED_LEAST, recognisedLeast)
                .with(GeneratorMetric.RECOGNISED_FIRST, recognisedFirst)
                .with(GeneratorMetric.JUDGE_ACCURACY, classifier)
                .with(GeneratorMetric.DISTANCE_RATIO, ratio(distance))
                .with(GeneratorMetric.DISTANCE_RATIO_DRAWN, ratio(distanceDrawn));
    }

    private static MetricValue ratio(double least) {
        return Double.isFinite(least)
                ? MetricValue.of(least)
                : MetricValue.undefined("of no class are test images at a distance from training images");
    }
}
