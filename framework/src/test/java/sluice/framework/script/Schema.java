package sluice.framework.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The schema that editors check scripts with. */
final class Schema {
    private static final JsonNode TREE = ScriptSchema.json();
    private static final com.networknt.schema.Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12)
            .getSchema(TREE.toString(), InputFormat.JSON);

    private Schema() {}

    static JsonNode tree() {
        return TREE;
    }

    /** What the schema finds wrong with a script. */
    static List<Error> errors(String yaml) {
        try {
            return SCHEMA.validate(new YAMLMapper().readTree(yaml).toString(), InputFormat.JSON);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
