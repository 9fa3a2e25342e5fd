package sluice.framework.layer;

import sluice.framework.internal.layer.PreActivation;
import sluice.framework.internal.layer.StepUnits;

/**
 * What a layer does to its products before the ReLU: a kind of normalisation, with what each task has of it for itself, in
 * training and in prediction. In prediction it is a factor and a bias per unit.
 */
public interface UnitNormalisation {
    /** None: the layer's bias is added. */
    UnitNormalisation NONE = new NoNormalisation();

    /** What scripts and model files call it. */
    String word();

    /**
     * What a task that nothing has taught yet has of a layer's units.
     *
     * @param units of the layer
     */
    TaskParameters initial(int units);

    /** What it does in the training step of a task. */
    PreActivation step(StepUnits units);

    /**
     * What a prediction multiplies a unit's products by.
     *
     * @param own of the task
     * @param unit its place there
     */
    float factor(TaskParameters own, int unit);

    /**
     * What a prediction adds to them then.
     *
     * @param own of the task
     * @param unit its place there
     * @param ofLayer the bias that the layer has for it
     */
    float bias(TaskParameters own, int unit, float ofLayer);
}
