package sluice.tasks.script;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/** How long each task is trained. {@link ScriptReader} checks the ranges. */
public sealed interface LengthSettings {
    /**
     * @return the setting as it is written in a script
     */
    Map<String, Object> settings();

    /**
     * Passes over a task's training examples.
     *
     * @param count 1 to 100000
     */
    record Epochs(int count) implements LengthSettings {
        @Override
        public Map<String, Object> settings() {
            return ImmutableMap.of("epochs", count);
        }
    }

    /**
     * Steps, however many examples a task has.
     *
     * @param count 1 to 100000000
     */
    record Iterations(int count) implements LengthSettings {
        @Override
        public Map<String, Object> settings() {
            return ImmutableMap.of("iterations", count);
        }
    }
}
