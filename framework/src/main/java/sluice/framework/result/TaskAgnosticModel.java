package sluice.framework.result;

import java.nio.file.Path;

/** A model that predicts without being told the task. Immutable. */
public interface TaskAgnosticModel {
    /**
     * Writes the model to a file.
     *
     * @param file where to; replaced if there
     * @throws sluice.tasks.InputException if it cannot be written
     */
    void save(Path file);

    /**
     * {@return the same model with this note}
     *
     * @param key what the value says
     * @param value where the model comes from
     */
    TaskAgnosticModel annotated(String key, String value);
}
