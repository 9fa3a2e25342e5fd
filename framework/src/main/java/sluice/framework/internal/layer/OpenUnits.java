package sluice.framework.internal.layer;

/**
 * Where the open units of a layer lie while a task trains: side by side, free ones first, used ones after them.
 */
public interface OpenUnits {
    /** The unit at each position. */
    int[] units();

    /** Position of the first open unit. */
    int first();

    /** Position of the first used unit; free ones lie before it. */
    int boundary();

    /** Position after the last open unit. */
    int end();

    default int open() {
        return end() - first();
    }

    default int openFree() {
        return boundary() - first();
    }

    default int openUsed() {
        return end() - boundary();
    }
}
