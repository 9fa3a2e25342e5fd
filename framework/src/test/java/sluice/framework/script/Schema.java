package sluice.framework.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import sluice.tasks.script.ScriptReader;

/** The schema that editors check scripts with. */
final class Schema {
    private static final JsonNode TREE = load();
    private static final com.networknt.schema.Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12)
            .getSchema(TREE.toString(), InputFormat.JSON);

    private Schema() {}

    static JsonNode tree() {
        return TREE;
    }

    /** A part of the schema, or what it refers to. */
    static JsonNode resolved(JsonNode part) {
        return part.has("$ref") ? TREE.at(part.path("$ref").asText().substring(1)) : part;
    }

    /** What the schema finds wrong with a script. */
    static List<Error> errors(String yaml) {
        try {
            return SCHEMA.validate(new YAMLMapper().readTree(yaml).toString(), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode load() {
        try (InputStream in = ScriptReader.class.getResourceAsStream("/sluice/task-sequence.schema.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
