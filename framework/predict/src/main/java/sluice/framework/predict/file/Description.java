package sluice.framework.predict.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a model file says of a model: JSON, of which nothing is known beforehand. Immutable. */
public final class Description {
    /** More than any has: deeper ones would overflow the stack. */
    private static final int DEEPEST = 64;

    private static final JsonFactory JSON = new JsonFactory();

    private final Object value;
    private final String name;

    private Description(Object value, String name) {
        this.value = value;
        this.name = name;
    }

    /** A number as it is written, so that nothing is rounded twice. */
    private record Numeral(String digits) {}

    /**
     * {@return what is said}
     *
     * @param json one value
     * @throws IOException if it is no JSON
     */
    public static Description parse(byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return new Description(read(parser, 0), "it");
        }
    }

    private static Object read(JsonParser parser, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("its description is nested too deeply");
        }
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IllegalArgumentException("its description is empty");
        }
        return switch (token) {
            case START_OBJECT -> readObject(parser, depth);
            case START_ARRAY -> readList(parser, depth);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeral(parser.getText());
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Map<String, Object> readObject(JsonParser parser, int depth) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            all.put(key, read(parser, depth + 1));
        }
        return all;
    }

    private static List<Object> readList(JsonParser parser, int depth) throws IOException {
        List<Object> all = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            all.add(read(parser, depth + 1));
        }
        return all;
    }

    /**
     * {@return what is said under a key, if anything}
     *
     * @param key of an object
     * @throws IllegalArgumentException if this is no object
     */
    public Optional<Description> find(String key) {
        if (!(value instanceof Map<?, ?> all)) {
            throw new IllegalArgumentException(name + " is no object");
        }
        return Optional.ofNullable(all.get(key)).map(found -> new Description(found, key));
    }

    /**
     * {@return what is said under a key}
     *
     * @param key of an object
     * @throws IllegalArgumentException if this is no object, or has no such key
     */
    public Description get(String key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException(name + " lacks " + key));
    }

    /**
     * {@return the elements}
     *
     * @throws IllegalArgumentException if this is no list
     */
    public List<Description> list() {
        if (!(value instanceof List<?> all)) {
            throw new IllegalArgumentException(name + " is no list");
        }
        return all.stream().map(each -> new Description(each, name)).toList();
    }

    /**
     * {@return text}
     *
     * @throws IllegalArgumentException if this is none
     */
    public String text() {
        if (!(value instanceof String text)) {
            throw new IllegalArgumentException(name + " is no text");
        }
        return text;
    }

    /**
     * {@return a whole number}
     *
     * @throws IllegalArgumentException if this is none
     */
    public int integer() {
        return Integer.parseInt(digits());
    }

    /**
     * {@return a number, rounded once}
     *
     * @throws IllegalArgumentException if this is none
     */
    public float single() {
        return Float.parseFloat(digits());
    }

    /**
     * {@return a number}
     *
     * @throws IllegalArgumentException if this is none
     */
    public double number() {
        return Double.parseDouble(digits());
    }

    private String digits() {
        if (!(value instanceof Numeral numeral)) {
            throw new IllegalArgumentException(name + " is no number");
        }
        return numeral.digits();
    }

    /**
     * {@return true or false}
     *
     * @throws IllegalArgumentException if this is neither
     */
    public boolean truth() {
        if (!(value instanceof Boolean truth)) {
            throw new IllegalArgumentException(name + " is neither true nor false");
        }
        return truth;
    }

    /**
     * {@return whole numbers}
     *
     * @throws IllegalArgumentException if this is no list of them
     */
    public List<Integer> integers() {
        return list().stream().map(Description::integer).toList();
    }

    /**
     * {@return texts by key, in their order}
     *
     * @throws IllegalArgumentException if this is no object of texts
     */
    public Map<String, String> texts() {
        if (!(value instanceof Map<?, ?> all)) {
            throw new IllegalArgumentException(name + " is no object");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        all.forEach((key, each) -> texts.put((String) key, new Description(each, (String) key).text()));
        return texts;
    }
}
