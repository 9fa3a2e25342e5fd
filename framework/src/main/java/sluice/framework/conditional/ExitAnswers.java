package sluice.framework.conditional;

/**
 * What a network with exits answered to examples.
 *
 * @param classes per example the class's position among those of the task
 * @param exits per example the exit at which it stopped, from 0
 * @param probabilities [examples, classes] of the head there, row-major
 * @param multiplyAdds per example, all that was computed for it
 */
public record ExitAnswers(int[] classes, int[] exits, float[] probabilities, long[] multiplyAdds) {}
