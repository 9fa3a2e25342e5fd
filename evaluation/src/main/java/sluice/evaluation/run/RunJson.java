package sluice.evaluation.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import java.util.stream.Collectors;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.Printable;

/**
 * The file {@code run.json}: keys are those of {@link RunRecord}, in snake case; keys that it does not know are kept, too.
 *
 * @param content as the file has it
 * @param record what of it is known
 */
public record RunJson(ObjectNode content, RunRecord record) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .registerModule(new Jdk8Module());

    /**
     * {@return the file, UTF-8}
     *
     * @param record of a run
     */
    public static byte[] bytes(RunRecord record) {
        return json(record);
    }

    /**
     * {@return the file, UTF-8}
     *
     * @param record of a run that was stopped
     */
    public static byte[] bytes(RunRecord.Stopped record) {
        return json(record);
    }

    private static byte[] json(Object record) {
        try {
            return JSON.writeValueAsBytes(record);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Reads a file to its end. Does not close.
     *
     * @param in where from
     * @param source what to call it in messages, such as a file's name
     * @return what it holds; empty if the file is
     * @throws IOException if {@code in} fails
     * @throws MatrixFormatException if it is not JSON, or no record of a run
     */
    public static Optional<RunJson> read(Reader in, String source) throws IOException {
        try {
            JsonNode content = JSON.readTree(in);
            if (content.isMissingNode() || content.isNull()) {
                return Optional.empty();
            }
            if (!(content instanceof ObjectNode object)) {
                throw foreign(source, "");
            }
            return Optional.of(new RunJson(object, JSON.treeToValue(object, RunRecord.class)));
        } catch (JsonMappingException foreign) {
            throw foreign(
                    source,
                    foreign.getPath().stream()
                            .map(key -> key.getFieldName() == null ? "" + (key.getIndex() + 1) : key.getFieldName())
                            .collect(Collectors.joining(", ", ", ", "")));
        } catch (JsonProcessingException broken) {
            long line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
            throw new MatrixFormatException("%s, line %d: this is not JSON: take the file as the run wrote it"
                    .formatted(Printable.of(source), line));
        }
    }

    private static MatrixFormatException foreign(String source, String place) {
        return new MatrixFormatException("%s%s: this is no record of a run: take the file as the run wrote it"
                .formatted(Printable.of(source), Printable.of(place)));
    }

    /** {@return what the file holds, but what tasks took} */
    public ObjectNode withoutTasks() {
        ObjectNode kept = content.deepCopy();
        kept.remove(RunRecord.TASKS);
        return kept;
    }
}
