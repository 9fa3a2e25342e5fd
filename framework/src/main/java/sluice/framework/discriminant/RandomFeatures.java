package sluice.framework.discriminant;

import sluice.framework.internal.kernel.Lanes;
import sluice.gating.UnitSet;
import sluice.tasks.Shape;

/**
 * Features drawn once and never trained, so that no task can spoil them for another. They come in groups, each with one
 * gate; a closed group is not computed. Immutable.
 */
sealed interface RandomFeatures permits LocalFilters, Projections {
    /** Features per group where groups are those of {@link Projections}. */
    int GATE = 16;

    /** Inputs of an example. */
    int inputs();

    /** Features of an example. */
    int count();

    /** Groups of features, a gate each. */
    int groups();

    /** The group of a feature. */
    int group(int feature);

    /** Those of some groups, at least one, in the same order. */
    RandomFeatures restricted(UnitSet groups);

    /** Numbers that make them up. */
    long parameters();

    /** Multiply-adds per example. */
    long multiplyAdds();

    /** Room to compute them in, for so many threads; close it. */
    FeaturePass begin(Lanes lanes, FeatureUse use);

    /** Whether an example is an image that filters fit on. */
    static boolean isImage(Shape shape) {
        return shape.pixels()
                .filter(image -> Math.min(image.height(), image.width()) >= LocalFilters.KERNEL)
                .isPresent();
    }
}
