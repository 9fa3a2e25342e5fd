package sluice.framework.experiment;

/**
 * One run of a comparison: a variant with a seed.
 *
 * @param variant its name, fit to name a folder
 * @param plan what it does
 */
public record PlannedRun(String variant, Plan plan) {
    /** {@return seed of the run} */
    public long seed() {
        return plan.seed();
    }

    /** What it does, where it learns tasks. */
    RunPlan tasks() {
        return (RunPlan) plan;
    }

    /** The name of its folder. */
    String folder() {
        return folder(variant, seed());
    }

    /** The name of the folder of a variant's run with a seed. */
    static String folder(String variant, long seed) {
        return variant + "-seed" + seed;
    }
}
