package sluice.framework.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import sluice.tasks.DataSet;
import sluice.tasks.Examples;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.Printable;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.NumericTable;
import sluice.tasks.csv.TableContent;
import sluice.tasks.csv.TableEncoding;
import sluice.tasks.csv.TableReading;
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
    GivenExamples read(Path input, Optional<String> label) {
        boolean images = IdxImages.isIdx(input);
        if (images ? encoding.isPresent() : !TableContent.isText(input)) {
            throw new InputException("%s: is %s: %s"
                    .formatted(input, images ? "a file of images" : "neither text nor gzip", expected()));
        }
        if (images) {
            label.ifPresent(column -> {
                throw new InputException(
                        "--label: %s holds images, which have no column %s: remove the option, or give a table"
                                .formatted(input, Printable.quoted(column)));
            });
            return GivenExamples.of(
                    IdxImages.read(input, features, settings.at("/data/padding").asInt()));
        }
        return GivenExamples.of(encoding.map(table -> TableReading.read(table, input, label))
                .orElseGet(() -> NumericTable.read(input, features, label)));
    }

    private String expected() {
        return encoding.map(
                        table ->
                                "the model learned from tables: give it a table with their columns, a CSV file in UTF-8, plain or gzip")
                .orElseGet(() ->
                        "the model takes images in MNIST's format (IDX, plain or gzip), or a CSV file in UTF-8 (plain or gzip) with a number for each of its %d features: give one of the two"
                                .formatted(features));
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
