package sluice.framework.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.NumericTable;
import sluice.tasks.csv.TableEncoding;
import sluice.tasks.source.IdxImages;

/**
 * What a model takes, and how new examples become that.
 *
 * @param features that an example has
 * @param settings that the model was learned with; nothing where it was made in Java
 * @param encoding how rows of tables became inputs, if the model holds that
 */
record ModelInputs(int features, JsonNode settings, Optional<TableEncoding> encoding) {
    static ModelInputs of(int features, Map<String, String> provenance, Optional<TableEncoding> encoding) {
        return new ModelInputs(features, settings(provenance), encoding);
    }

    private static JsonNode settings(Map<String, String> provenance) {
        try {
            return new ObjectMapper().readTree(provenance.getOrDefault("settings", "{}"));
        } catch (JsonProcessingException foreign) {
            return new ObjectMapper().createObjectNode();
        }
    }

    /**
     * Reads examples as the model's data had them: images get the frame that it put around them, the cells of a table are
     * encoded as its were.
     */
    Examples read(Path input) {
        if (IdxImages.isIdx(input)) {
            return IdxImages.read(input, features, settings.at("/data/padding").asInt());
        }
        return encoding.map(table -> table.read(input)).orElseGet(() -> NumericTable.read(input, features));
    }

    /** The examples as a task saw them whose features the script permuted; else as they are. */
    Examples permuted(Examples examples, String task) {
        int tasks = settings.at("/split/permuted").asInt();
        if (tasks == 0) {
            return examples;
        }
        return TaskSequence.permuted(
                        DataSet.of("input", examples, examples, Map.of()),
                        Normalisation.NONE,
                        tasks,
                        settings.path("seed").asLong())
                .tasks()
                .stream()
                .filter(permuted -> permuted.name().equals(task))
                .findFirst()
                .map(Task::test)
                .orElse(examples);
    }
}
