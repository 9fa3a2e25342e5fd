package sluice.framework.script;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * What is said of a key to people.
 *
 * @param description a sentence or two, or null
 * @param examples or null
 * @param schema rules that the reader's questions do not tell, or null
 */
record KeyNote(String description, ArrayNode examples, ObjectNode schema) {
    static final KeyNote NONE = new KeyNote(null, null, null);

    /** All that there are, by the dotted key as {@link AskedKeys} has it. */
    static ImmutableMap<String, KeyNote> all() {
        try (InputStream in = KeyNote.class.getResourceAsStream("/sluice/script-keys.yaml")) {
            return ImmutableMap.copyOf(new YAMLMapper().readValue(in, new TypeReference<Map<String, KeyNote>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
