package sluice.framework.discriminant;

/** What features are computed for. */
enum FeatureUse {
    /** To be learned from: as fast as can be, with bits that depend on the machine. */
    SUMS,
    /** To be answered: in a fixed order, so that an answer's bits depend on the example and the model alone. */
    ANSWERS
}
