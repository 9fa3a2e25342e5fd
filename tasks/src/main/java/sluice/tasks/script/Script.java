package sluice.tasks.script;

/** What a script asks for: one run of a task sequence, or a comparison of several. */
public sealed interface Script permits TaskSequenceScript, ComparisonScript {
    /**
     * {@return what it is called: ASCII letters, digits, {@code .}, {@code _} and {@code -}, beginning with a letter or
     * digit}
     */
    String name();

    /** {@return one line, perhaps empty} */
    String description();

    /** {@return folder for results as written, relative to the working directory} */
    Folder output();
}
