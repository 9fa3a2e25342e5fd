package sluice.framework.predict;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import sluice.framework.predict.file.Description;
import sluice.framework.predict.file.ModelReading;
import sluice.framework.predict.file.UnreadableModelException;

/**
 * A model that was trained elsewhere, to be asked. Immutable: any number of threads may ask it at once, and the bits of an
 * answer depend on the example alone, not on the others that are asked with it.
 */
public sealed interface SavedModel permits SavedNetwork, SavedDiscriminant {
    /** What a run's folder calls its model. */
    String FILE = "model.sluice";

    /**
     * {@return the model}
     *
     * @param path a file that a model was saved to, or the folder of a run, which has one
     * @throws UnreadableModelException if there is none, it is damaged, or it is of a kind or version that this does not
     *     read: networks whose tasks have gaters or exits, plain networks, generators and formats before 4
     */
    static SavedModel load(Path path) {
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

    /** {@return features of an example} */
    int inputs();

    /**
     * {@return where it comes from: settings, versions, encodings of tables}
     */
    Map<String, String> provenance();
}
