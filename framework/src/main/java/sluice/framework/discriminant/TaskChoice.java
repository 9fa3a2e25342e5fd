package sluice.framework.discriminant;

/** How the task of an example is found where nobody tells it, so that its subnetwork answers. */
public enum TaskChoice {
    /** What tells held-out training examples of the tasks apart best: a density, or the discriminant. */
    AUTO,
    /** The task under whose density the example is likeliest; the density that tells held-out examples apart best. */
    DENSITY,
    /** The task whose subnetwork is the surest: the smallest entropy of its answer (SupSup, Wortsman et al. 2020). */
    ENTROPY,
    /**
     * The task by whose share in all subnetworks, laid over each other, the entropy of their answer falls most, halving (SupSup, Wortsman et
     * al. 2020).
     */
    GRADIENT,
    /** The task of the class that a linear discriminant of random features takes for the likeliest. */
    DISCRIMINANT,
    /** How likely the task is by what {@link #AUTO} chooses, times how sure the task's subnetwork is. */
    COMBINED,
    /** It is told after all: what the subnetworks could reach. For comparison. */
    GIVEN;

    /** {@return whether subnetworks are asked what they make of an example, and no sums are kept of any} */
    public boolean isBySubnetworks() {
        return this == ENTROPY || this == GRADIENT;
    }
}
