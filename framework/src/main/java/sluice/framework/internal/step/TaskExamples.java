package sluice.framework.internal.step;

import sluice.tasks.Examples;
import sluice.tasks.Normalisation;

/**
 * What a task is learned from.
 *
 * @param examples raw
 * @param normalisation how they become inputs
 */
public record TaskExamples(Examples examples, Normalisation normalisation) {}
