package sluice.framework.generator;

import sluice.framework.internal.kernel.Lane;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.gating.Progress;

/** Every parameter takes part in each step, and learns. */
final class AllParts implements PartsLearning {
    private GeneratorParts parts;

    @Override
    public void begin(GeneratorParts untrained) {
        parts = untrained;
    }

    @Override
    public void draw(Progress progress) {
        // there is nothing to choose
    }

    @Override
    public void answer(double loss) {
        // nobody asks
    }

    @Override
    public void move(Lane lane, ParameterUpdate update, long step) {
        parts.move(lane, update);
    }
}
