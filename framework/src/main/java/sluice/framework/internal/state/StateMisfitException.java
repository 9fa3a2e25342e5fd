package sluice.framework.internal.state;

/** A checkpoint is not of such a training. */
public final class StateMisfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StateMisfitException(String message) {
        super(message);
    }
}
