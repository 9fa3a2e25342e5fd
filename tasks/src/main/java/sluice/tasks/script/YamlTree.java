package sluice.tasks.script;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Reads one YAML document into located nodes; refuses anchors, aliases, tags, duplicate keys and further documents. */
final class YamlTree {
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final int DEEPEST = 20;

    private final YAMLParser parser;
    private final int[] characters;
    private final IntFunction<Location> locationOfLine;
    private final Consumer<ScriptMistake> repeated;

    private YamlTree(
            YAMLParser parser, String text, IntFunction<Location> locationOfLine, Consumer<ScriptMistake> repeated) {
        this.repeated = repeated;
        this.parser = parser;
        this.characters = text.codePoints().toArray();
        this.locationOfLine = locationOfLine;
    }

    /**
     * {@return its tree; an empty document is an empty plain scalar}
     *
     * @param text the document
     * @param locationOfLine where line n, from 1, was written
     */
    static Node parse(String text, IntFunction<Location> locationOfLine) {
        return parse(text, locationOfLine, twice -> {
            throw twice;
        });
    }

    /**
     * {@return its tree, as {@link #parse(String, IntFunction)}}
     *
     * @param text the document
     * @param locationOfLine where line n, from 1, was written
     * @param repeated hears of every key that is given twice, of which the first counts
     */
    static Node parse(String text, IntFunction<Location> locationOfLine, Consumer<ScriptMistake> repeated) {
        try (YAMLParser parser = YAML.createParser(text)) {
            return new YamlTree(parser, text, locationOfLine, repeated).document();
        } catch (IOException e) {
            throw YamlMistake.of(e, locationOfLine);
        }
    }

    /**
     * {@return what a key of the top says, read no farther than there; empty where it is not there or no plain value}
     *
     * @param text a document that is known to be well
     * @param key of the top
     */
    static Optional<String> first(String text, String key) {
        try (YAMLParser parser = YAML.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(key);
                if (parser.nextToken().isScalarValue() && wanted) {
                    return Optional.of(parser.getText());
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Node document() throws IOException {
        if (parser.nextToken() == null) {
            return new Node.Scalar("", false, locationOfLine.apply(1));
        }
        Node top = node("", 0, here());
        if (parser.nextToken() != null) {
            throw Complaint.at(here(), "", "a second YAML document begins here: keep one document to a script");
        }
        return top;
    }

    private Node node(String key, int depth, Location location) throws IOException {
        refuseReferences(key);
        if (depth > DEEPEST) {
            throw Complaint.at(location, "", "nested more than %d deep: no key is".formatted(DEEPEST));
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(key, depth, location);
            case START_ARRAY -> sequence(key, depth, location);
            default -> new Node.Scalar(parser.getText(), "\"'|>".indexOf(firstCharacter()) >= 0, location);
        };
    }

    /** Values are located at their keys, so that an error names the line that the user looks for. */
    private Node mapping(String key, int depth, Location location) throws IOException {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String child = Keys.child(key, name);
            Location written = here();
            refuseReferences(child);
            parser.nextToken();
            Node earlier = entries.putIfAbsent(name, node(child, depth + 1, written));
            if (earlier != null) {
                repeated.accept(Complaint.at(
                        written, child, "given twice, first at %s: keep one".formatted(earlier.location())));
            }
        }
        return new Node.Mapping(ImmutableMap.copyOf(entries), location);
    }

    private Node sequence(String key, int depth, Location location) throws IOException {
        ImmutableList.Builder<Node> items = ImmutableList.builder();
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            items.add(node(Keys.item(key, i), depth + 1, here()));
        }
        return new Node.Sequence(items.build(), location);
    }

    private void refuseReferences(String key) {
        switch (firstCharacter()) {
            case '&', '*' ->
                throw Complaint.at(here(), key, "YAML anchors (&) and aliases (*) are not read: write the value out");
            case '!' -> throw Complaint.at(here(), key, "YAML tags (!) are not read: remove the tag");
            default -> {}
        }
    }

    private Location here() {
        return locationOfLine.apply(parser.currentTokenLocation().getLineNr());
    }

    /** The character at which the current token begins, or -1 at the end of the text. */
    private int firstCharacter() {
        long offset = parser.currentTokenLocation().getCharOffset();
        return offset >= 0 && offset < characters.length ? characters[(int) offset] : -1;
    }
}
