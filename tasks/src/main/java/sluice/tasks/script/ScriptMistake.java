package sluice.tasks.script;

import sluice.tasks.InputException;

/** One mistake in a script, with all that is needed to tell it beside others: its place, what it may follow from, its repair. */
final class ScriptMistake extends InputException {
    private static final long serialVersionUID = 1L;

    private final transient Location location;
    private final String key;
    private final String cause;
    private final transient Repair repair;

    /** A mistake in one value, or in what is within it. */
    ScriptMistake(String line, Location location, String key) {
        this(line, location, key, key, new Repair.Remove());
    }

    private ScriptMistake(String line, Location location, String key, String cause, Repair repair) {
        super(line);
        this.location = location;
        this.key = key;
        this.cause = cause;
        this.repair = repair;
    }

    Location location() {
        return location;
    }

    /** Dotted key of what is to be mended; it may be absent from the script. */
    String key() {
        return key;
    }

    Repair repair() {
        return repair;
    }

    /** Whether settings of different sections contradict each other. */
    boolean isAcrossSections() {
        return cause.isEmpty();
    }

    /**
     * {@return whether it may be there only because something else was mended}
     *
     * @param mended dotted key of that
     */
    boolean mayFollowFrom(String mended) {
        return Keys.isWithin(key, mended) || Keys.isWithin(mended, cause);
    }

    /** The same of another key than the one that is named. */
    ScriptMistake of(String other) {
        return same(other, other, repair);
    }

    ScriptMistake mendedBy(Repair other) {
        return same(key, cause, other);
    }

    /** The same, which would not be if another key were written otherwise. */
    ScriptMistake hangingOn(String other) {
        return same(key, other, repair);
    }

    /** The same, which would not be if others in its section were written otherwise. */
    ScriptMistake withinSection() {
        String section = Keys.around(key);
        return section.isEmpty() ? this : hangingOn(section);
    }

    /** The same, which would not be if something in the script were written otherwise. */
    ScriptMistake acrossSections() {
        return hangingOn("");
    }

    private ScriptMistake same(String itsKey, String itsCause, Repair itsRepair) {
        ScriptMistake mistake = new ScriptMistake(getMessage(), location, itsKey, itsCause, itsRepair);
        if (getCause() != null) {
            mistake.initCause(getCause());
        }
        return mistake;
    }
}
