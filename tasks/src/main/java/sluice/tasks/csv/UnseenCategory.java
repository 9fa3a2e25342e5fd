package sluice.tasks.csv;

/** What becomes of a category that no training row has. */
public enum UnseenCategory {
    /** It is none of the known ones, so that all its features are 0; how many there are is said. */
    IGNORE,
    /** Its row is refused. */
    REFUSE
}
