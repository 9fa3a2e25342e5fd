package sluice.framework.discriminant;

/**
 * Who computes features. Those of images depend on it in their last bits: one image's product with filters is the native
 * library's or one in a fixed order. Neither depends on what is asked beside the image.
 */
enum FeatureUse {
    /**
     * A run, which learns from them and evaluates its tasks by them: as fast as can be, with bits that are the same again on
     * the same machine.
     */
    RUN,
    /**
     * A model that somebody asks, also one that was saved: in a fixed order, so that an answer's bits depend on the example and
     * the model alone, on every machine.
     */
    ANSWERS
}
