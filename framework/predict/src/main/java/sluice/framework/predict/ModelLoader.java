package sluice.framework.predict;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import sluice.framework.predict.file.Description;
import sluice.framework.predict.file.ModelReading;
import sluice.framework.predict.file.UnreadableModelException;

/** Loads saved models of the kinds that are answered here. */
public final class ModelLoader {
    /** What a run's folder calls its model. */
    private static final String FILE = "model.sluice";

    private ModelLoader() {}

    /**
     * {@return the model}
     *
     * @param path a file that a model was saved to, or the folder of a run, which has one
     * @throws UnreadableModelException if there is none, it is damaged, or it is of a kind or version that this does not
     *     read: networks whose tasks have gaters or exits, plain networks, generators and formats before 4
     */
    public static SavedModel load(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(FILE) : path;
        return ModelReading.read(file, (model, second) -> {
            Description description = Description.parse(model.description());
            Optional<String> kind = description.find("kind").map(Description::text);
            if (kind.isEmpty()) {
                return NetworkFile.read(model, description);
            }
            if (kind.get().equals(SavedDiscriminant.KIND)) {
                return DiscriminantReading.read(model, description, second);
            }
            throw new UnreadableModelException(
                    "%s is a model of the kind %s, which is answered by the module framework: name the model of a gated network or of random-feature-lda"
                            .formatted(file, kind.get()));
        });
    }
}
