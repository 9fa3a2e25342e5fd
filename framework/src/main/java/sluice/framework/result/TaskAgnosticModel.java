package sluice.framework.result;

import java.nio.file.Path;

/** A model that predicts without being told the task. Immutable. */
public interface TaskAgnosticModel {
    /**
     * @param file where to; replaced if there
     * @throws sluice.tasks.InputException if it cannot be written
     */
    void save(Path file);

    /**
     * @param key what the value says
     * @param value where the model comes from
     * @return the same model with this note
     */
    TaskAgnosticModel annotated(String key, String value);
}
