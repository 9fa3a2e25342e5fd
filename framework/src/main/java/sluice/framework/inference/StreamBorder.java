package sluice.framework.inference;

/**
 * What a {@link BorderDetector} noticed of a stream.
 *
 * @param task place among the tasks that are known, from 0
 * @param isNew whether the task was not known before; else it has come back
 */
public record StreamBorder(int task, boolean isNew) {}
