package sluice.framework.network;

/** Something frozen moved: a bug of Sluice, never a user's mistake. */
public final class RetentionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RetentionException(String message) {
        super(message);
    }
}
