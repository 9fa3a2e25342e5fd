package sluice.tasks.script;

/** Listens to what is asked of a script's keys while it is read: the format, as the reader itself knows it. */
@FunctionalInterface
public interface Questions {
    /** Nobody listens. */
    Questions UNHEARD = (key, question) -> {};

    /**
     * Something is asked of a key.
     *
     * @param key dotted, with the places of list items: {@code split.groups[1]}; the script itself is ""
     * @param question what
     */
    void asked(String key, Question question);
}
