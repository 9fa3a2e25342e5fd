package sluice.framework.result;

/**
 * What making relaxed gates binary did to a task, on its test examples, when it was consolidated.
 *
 * @param relaxedAccuracy before, with every gate at its value without noise; in [0, 1]
 * @param binaryAccuracy after, with the subnetwork alone; in [0, 1]
 */
public record Binarisation(double relaxedAccuracy, double binaryAccuracy) {
    /** {@return the accuracy that it cost; negative where it helped} */
    public double cost() {
        return relaxedAccuracy - binaryAccuracy;
    }
}
