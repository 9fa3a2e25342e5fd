package sluice.framework.generator;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import sluice.framework.gates.GateSettings;
import sluice.framework.gates.GateTraining;
import sluice.framework.internal.kernel.Lane;
import sluice.framework.internal.random.RandomStreams;
import sluice.framework.optimizer.ParameterUpdate;
import sluice.gating.Progress;
import sluice.gating.Subnetwork;

/**
 * A task in a network that generates and that tasks share: gates choose its units while it trains. In the last part of the
 * training the subnetwork is fixed, so that weights end fitted to the units that are kept.
 */
final class GatedLearning implements PartsLearning {
    /** From this share of a task's steps on, gates are as the consolidated task has them, and learn no more. */
    private static final double FIXED_FROM = 0.75;

    private final ImmutableList<SharedStack> shared;
    private final GateSettings settings;
    private final int running;
    private final RandomStreams streams;
    private final List<GatedStack> stacks = new ArrayList<>();
    /** Gate logits, by stack and hidden layer. */
    private final List<List<double[]>> logits = new ArrayList<>();

    private GeneratorParts parts;
    private boolean fixed;

    /**
     * @param shared one per map of the network
     * @param running moments per parameter
     * @param streams of the task
     */
    GatedLearning(ImmutableList<SharedStack> shared, GateSettings settings, int running, RandomStreams streams) {
        this.shared = shared;
        this.settings = settings;
        this.running = running;
        this.streams = streams;
    }

    @Override
    public void begin(GeneratorParts untrained) {
        parts = untrained;
        int layers = shared.stream().mapToInt(stack -> stack.hidden().size()).sum();
        for (int s = 0; s < shared.size(); s++) {
            SharedStack stack = shared.get(s);
            List<double[]> ofStack = new ArrayList<>();
            List<GateTraining> gates = new ArrayList<>();
            for (int layer = 0; layer < stack.hidden().size(); layer++) {
                double[] initial = settings.initialLogits(
                        stack.consolidated().used(layer),
                        stack.hidden().get(layer).units(),
                        streams.stream("initial-logits", s, layer));
                ofStack.add(initial);
                gates.add(new GateTraining(
                        settings,
                        initial,
                        stack.consolidated().used(layer),
                        layers,
                        1,
                        streams.stream("gates", s, layer)));
            }
            logits.add(ofStack);
            stacks.add(new GatedStack(untrained.stacks().get(s), stack, gates, running));
        }
    }

    ImmutableList<GatedStack> stacks() {
        return ImmutableList.copyOf(stacks);
    }

    @Override
    public void draw(Progress progress) {
        fixed = progress.ofTask() >= FIXED_FROM;
        for (int s = 0; s < stacks.size(); s++) {
            if (fixed) {
                stacks.get(s).open(subnetwork(s));
            } else {
                stacks.get(s).draw(progress);
            }
        }
    }

    private Subnetwork subnetwork(int stack) {
        return settings.subnetwork(logits.get(stack), shared.get(stack).consolidated());
    }

    @Override
    public void answer(double loss) {
        if (!fixed) {
            stacks.forEach(stack -> stack.answer(loss));
        }
    }

    @Override
    public void move(Lane lane, ParameterUpdate update, long step) {
        stacks.forEach(stack -> stack.move(update));
        parts.moveLearnedPriors(update);
        if (!fixed) {
            stacks.forEach(stack -> stack.moveGates(step));
        }
    }

    /** Freezes what the task uses. */
    void consolidate(String task) {
        for (int s = 0; s < stacks.size(); s++) {
            stacks.get(s).consolidate(task, subnetwork(s));
        }
    }
}
