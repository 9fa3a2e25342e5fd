package sluice.framework.strategy;

/**
 * What will surprise whoever wrote a script, though nothing is wrong with it.
 *
 * @param key of the script that it is about, dotted
 * @param text one line that says what, and what would change it
 */
public record Remark(String key, String text) {}
