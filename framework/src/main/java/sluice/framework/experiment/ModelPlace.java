package sluice.framework.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import sluice.evaluation.DisplacedFolder;
import sluice.tasks.InputException;

/** Where a model is that a user names by its run. */
public final class ModelPlace {
    private ModelPlace() {}

    /**
     * {@return the model's file, which may not exist where it was named itself}
     *
     * @param named a run folder, or its model
     * @param wanted which runs have a model that serves, as in "a run with strategy gates, whose model is kept"
     * @throws InputException if the folder holds no model
     */
    public static Path of(Path named, String wanted) {
        Path run = DisplacedFolder.present(named);
        if (!Files.isDirectory(run)) {
            return run;
        }
        Path model = run.resolve(RunFiles.MODEL);
        if (!Files.exists(model)) {
            throw new InputException("%s holds no %s: name the folder of %s".formatted(named, RunFiles.MODEL, wanted));
        }
        return model;
    }
}
