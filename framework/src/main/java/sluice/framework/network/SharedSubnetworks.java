package sluice.framework.network;

import java.util.Optional;
import sluice.framework.conditional.TaskExits;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.predict.CompiledSubnetwork;
import sluice.framework.internal.predict.CompiledTasks;
import sluice.framework.internal.predict.PredictionScratches;
import sluice.tasks.Examples;

/** The compiled subnetworks of a network's consolidated tasks, which all who ask for these share. Safe from several threads. */
final class SharedSubnetworks implements AutoCloseable {
    private final NetworkParts parts;
    private final PredictionScratches scratches;
    private final CompiledTasks compiled = new CompiledTasks(task -> fresh().compiled(task));

    SharedSubnetworks(NetworkParts parts) {
        this.parts = parts;
        this.scratches = new PredictionScratches(parts.inputs());
    }

    FreshSubnetworks fresh() {
        return new FreshSubnetworks(parts, scratches);
    }

    float[] logits(String task, Examples examples) {
        check(task, examples);
        return compiled.predict(task, subnetwork -> subnetwork.logits(examples));
    }

    float[] logits(String task, Examples examples, Lanes lanes) {
        check(task, examples);
        return compiled.predict(task, subnetwork -> subnetwork.logits(examples, lanes));
    }

    private void check(String task, Examples examples) {
        parts.state(task);
        parts.checkFeatures(examples);
    }

    long multiplyAdds(String task) {
        parts.state(task);
        return compiled.predict(task, CompiledSubnetwork::multiplyAdds);
    }

    /** What a task's subnetwork says of examples, and what each takes. */
    TaskExits.Said say(String task, Examples examples) {
        parts.checkFeatures(examples);
        return compiled.predict(task, subnetwork -> subnetwork.say(examples));
    }

    /** Logits from matrices that are there, or nothing where the task has none at the moment. */
    Optional<float[]> logitsIfCompiled(String task, Examples examples) {
        parts.checkFeatures(examples);
        return compiled.predictIfCompiled(task, subnetwork -> subnetwork.logits(examples));
    }

    /** Takes a task from the network, when none asks for it any more. */
    void remove(String task) {
        compiled.forget(task, () -> parts.remove(task));
    }

    @Override
    public void close() {
        compiled.close();
        scratches.close();
    }
}
