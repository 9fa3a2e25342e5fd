package sluice.framework;

import com.google.common.base.Stopwatch;
import sluice.framework.kernel.Lanes;
import sluice.gating.Subnetwork;
import sluice.tasks.Examples;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** A gated network while it learns a task: that task by the units that its gates would fix now, earlier ones as they are. */
final class InterimSubnetwork implements InterimModel {
    private final GatedNetwork network;
    private final TaskSequence sequence;
    private final GateSettings gates;
    private final TaskState state;
    private final TaskTraining training;
    private final Lanes lanes;
    private final Stopwatch trainingTime;
    private final Stopwatch evaluationTime;

    InterimSubnetwork(
            GatedNetwork network,
            TaskSequence sequence,
            GateSettings gates,
            TaskState state,
            TaskTraining training,
            Lanes lanes,
            Stopwatch trainingTime,
            Stopwatch evaluationTime) {
        this.network = network;
        this.sequence = sequence;
        this.gates = gates;
        this.state = state;
        this.training = training;
        this.lanes = lanes;
        this.trainingTime = trainingTime;
        this.evaluationTime = evaluationTime;
    }

    @Override
    public Answers ask(int task, int examples) {
        boolean trains = trainingTime.isRunning();
        if (trains) {
            trainingTime.stop();
        }
        evaluationTime.start();
        Task asked = sequence.tasks().get(task);
        Examples sample = InterimModel.spread(asked.test(), examples);
        int correct =
                Evaluator.correct(logits(asked, sample), sample, asked.classes().size());
        evaluationTime.stop();
        if (trains) {
            trainingTime.start();
        }
        return new Answers(correct, sample.size());
    }

    private float[] logits(Task asked, Examples sample) {
        if (network.tasks().contains(asked.name())) {
            return network.logits(asked.name(), sample, lanes);
        }
        training.finish();
        Subnetwork now = gates.subnetwork(state.logits(), network.consolidated());
        return network.freshLogits(state, now, sample, lanes);
    }
}
