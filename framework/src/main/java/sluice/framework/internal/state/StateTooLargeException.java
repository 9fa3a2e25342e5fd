package sluice.framework.internal.state;

/** State has an array that no copy can hold. */
public final class StateTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says so.
     *
     * @param what it is that has no room
     */
    public StateTooLargeException(String what) {
        super(what);
    }
}
