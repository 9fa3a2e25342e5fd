package sluice.framework.internal.step;

import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;

/**
 * What a task is learned from.
 *
 * @param examples raw; none where they are fed step by step
 * @param normalisation how they become inputs
 * @param shape of an example
 */
public record TaskExamples(Examples examples, Normalisation normalisation, Shape shape) {
    /** Examples of no shape but their number of features. */
    public TaskExamples(Examples examples, Normalisation normalisation) {
        this(examples, normalisation, new Shape.Vector(examples.features()));
    }
}
