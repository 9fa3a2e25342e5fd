package sluice.framework.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Settings by dotted key, as scripts and {@code --set} write them.
 *
 * @param values by key, texts as they are, all else as JSON; in the order in which they were written
 */
record FlatSettings(Map<String, String> values) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Settings as a script or a record holds them; numbers are compared as JSON writes them. */
    static FlatSettings of(Map<String, Object> settings) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            add("", JSON.readTree(JSON.writeValueAsBytes(settings)), values);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new FlatSettings(values);
    }

    private static void add(String key, JsonNode node, Map<String, String> values) {
        if (!node.isObject() || node.isEmpty()) {
            values.put(key, node.isTextual() ? node.asText() : node.toString());
            return;
        }
        node.properties()
                .forEach(entry ->
                        add(key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(), entry.getValue(), values));
    }

    /** The same without some keys. */
    FlatSettings without(Set<String> keys) {
        return new FlatSettings(values.entrySet().stream()
                .filter(entry -> !keys.contains(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, LinkedHashMap::new)));
    }

    /** Keys that have another value there, or that only one of the two has, sorted. */
    Set<String> keysThatDiffer(FlatSettings other) {
        Set<String> keys = new TreeSet<>(values.keySet());
        keys.addAll(other.values.keySet());
        keys.removeIf(key -> values.containsKey(key) && values.get(key).equals(other.values.get(key)));
        return keys;
    }
}
