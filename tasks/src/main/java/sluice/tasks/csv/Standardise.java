package sluice.tasks.csv;

/**
 * What the scales of numeric columns are fitted to: {@code x' = (x - mean) / deviation} with the mean and the (population)
 * standard deviation of training rows. A column that is constant there becomes 0 throughout.
 */
public enum Standardise {
    /** To the first task's training rows, for every task: a stream whose scales are known from its beginning. */
    FIRST_TASK,
    /** To each task's own training rows. */
    PER_TASK,
    /** To nothing: values stay as they are. */
    NONE
}
