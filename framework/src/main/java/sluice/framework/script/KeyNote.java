package sluice.framework.script;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
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

    private static final String LAYER = "network.layers[].";
    private static final String EXIT_LAYER = "network.exits.layers[].";
    /** What a layer of the network may be or have, and one of its tasks' exits not. */
    private static final String OF_NETWORK_ALONE = "conv(\\..*)?|exit\\.budget";

    /** All that there are, by the dotted key as {@link AskedKeys} has it. */
    static ImmutableMap<String, KeyNote> all() {
        try (InputStream in = KeyNote.class.getResourceAsStream("/sluice/script-keys.yaml")) {
            return withExitLayers(new YAMLMapper().readValue(in, new TypeReference<Map<String, KeyNote>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Layers are the same wherever they stand: what is not said of those of exits is said of the others. */
    private static ImmutableMap<String, KeyNote> withExitLayers(Map<String, KeyNote> said) {
        Map<String, KeyNote> all = new LinkedHashMap<>(said);
        said.forEach((key, note) -> {
            if (key.startsWith(LAYER) && !key.substring(LAYER.length()).matches(OF_NETWORK_ALONE)) {
                all.putIfAbsent(EXIT_LAYER + key.substring(LAYER.length()), note);
            }
        });
        return ImmutableMap.copyOf(all);
    }
}
