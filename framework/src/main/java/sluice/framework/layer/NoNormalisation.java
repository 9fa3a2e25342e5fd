package sluice.framework.layer;

import sluice.framework.internal.layer.LayerBias;
import sluice.framework.internal.layer.PreActivation;
import sluice.framework.internal.layer.StepUnits;

/** Products as they are, and the layer's bias; nothing belongs to a task. */
record NoNormalisation() implements UnitNormalisation {
    @Override
    public String word() {
        return "none";
    }

    @Override
    public TaskParameters initial(int units) {
        return TaskParameters.NONE;
    }

    @Override
    public PreActivation step(StepUnits units) {
        return new LayerBias(units);
    }

    @Override
    public float factor(TaskParameters own, int unit) {
        return 1;
    }

    @Override
    public float bias(TaskParameters own, int unit, float ofLayer) {
        return ofLayer;
    }
}
