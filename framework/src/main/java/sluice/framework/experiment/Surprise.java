package sluice.framework.experiment;

/**
 * What {@link Lint} says of one key.
 *
 * @param key dotted
 * @param message what will surprise, and how to mend it
 */
record Surprise(String key, String message) {}
