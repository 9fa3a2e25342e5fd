package sluice.tasks;

/**
 * What is known of the task at test, and so what an output stands for: the three scenarios of continual learning (van de
 * Ven and Tolias 2019, "Three scenarios for continual learning", table 1).
 */
public enum Scenario {
    /** The task is known: every task has outputs of its own. */
    TASK,
    /**
     * The task is unknown and need not be told: tasks share outputs, by label where they share labels, else by position among
     * each task's classes ({@link OutputMeaning}).
     */
    DOMAIN,
    /** The task is unknown and must be told with the class: an output per class, whichever tasks have it. */
    CLASS
}
