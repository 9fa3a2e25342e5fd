package sluice.tasks.csv;

import sluice.tasks.InputException;

/**
 * A table that does not have so many clusters as are asked for. Whoever knows the script names the key {@code data.clusters} before
 * the message.
 */
public final class ClusterCountException extends InputException {
    private static final long serialVersionUID = 1L;

    ClusterCountException(String message) {
        super(message);
    }
}
