package sluice.framework.script;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.framework.checkpoint.CheckpointSettings;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.optimizer.TrainingSettings;
import sluice.tasks.script.Section;
import sluice.tasks.script.TaskSequenceScript;

/**
 * A script that trains a network that generates, with all of its sections.
 *
 * @param script of which the data is read
 * @param generator the network, and what its bound is
 * @param training how long it is trained, by which optimiser
 * @param checkpoint what is kept of the training
 * @param settings every setting as resolved, defaults included, in the format's order; written to YAML it is a script with the
 *     same settings
 */
public record GeneratorScript(
        TaskSequenceScript script,
        GeneratorSettings generator,
        TrainingSettings training,
        CheckpointSettings checkpoint,
        ImmutableMap<String, Object> settings) {
    /**
     * Reads all sections that speak of the network and its training.
     *
     * @param script with a section {@code generator}
     * @return the script
     * @throws sluice.tasks.InputException at {@code file:line: key} if a section is wrong or settings do not fit together
     */
    public static GeneratorScript of(TaskSequenceScript script) {
        Section top = script.top();
        Section written = top.section("training", TrainingSection.KEYS);
        written.refuse("gradient_clip", "has no meaning beside generator, whose gradients are not clipped: remove it");
        written.refuse(
                "validation", "has no meaning beside generator, which is trained for its whole length: remove it");
        written.refuse(
                "class_weights", "has no meaning beside generator, which learns what examples are like: remove it");
        TrainingSettings training = TrainingSection.read(written);
        GeneratorSection section = new GeneratorSection(top.section("generator", GeneratorSection.KEYS));
        GeneratorSettings generator = section.read(training);
        CheckpointSettings checkpoint = CheckpointSection.read(top.section("checkpoint", CheckpointSection.KEYS));
        Map<String, Object> found = new LinkedHashMap<>(script.settings());
        found.put("generator", section.settings(generator));
        found.put("training", TrainingSection.settings(training));
        found.put("checkpoint", CheckpointSection.settings(checkpoint));
        ImmutableMap.Builder<String, Object> inOrder = ImmutableMap.builder();
        for (String key : TaskSequenceScript.KEYS) {
            if (found.containsKey(key)) {
                inOrder.put(key, found.get(key));
            }
        }
        return new GeneratorScript(script, generator, training, checkpoint, inOrder.buildOrThrow());
    }

    /** {@return threads that share the evaluation; of a comparison's run, its own} */
    public int threads() {
        return script.threads().or(Lanes.defaultCount());
    }
}
