package sluice.framework.script;

import static com.google.common.base.Preconditions.checkState;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import java.nio.file.Path;
import java.util.List;
import sluice.tasks.script.Question;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

/**
 * The JSON schema of scripts, for editors that check and complete them. It is made from what the reader asks while it reads:
 * keys, types, ranges, words and defaults stand nowhere else.
 */
public final class ScriptSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final AskedKeys asked;
    private final ImmutableMap<String, KeyNote> notes;
    private final JsonNode defaults;

    private ScriptSchema(AskedKeys asked, ImmutableMap<String, KeyNote> notes, JsonNode defaults) {
        this.asked = asked;
        this.notes = notes;
        this.defaults = defaults;
    }

    /** {@return the schema, after JSON Schema 2020-12} */
    public static ObjectNode json() {
        return new ScriptSchema(AskedKeys.of(SchemaScripts.all()), KeyNote.all(), defaults()).tree();
    }

    /** The settings of a script that has none; what it is called depends on its file. */
    private static JsonNode defaults() {
        ExperimentScript script = ExperimentScript.of(
                (TaskSequenceScript) ScriptReader.parse(SchemaScripts.DEFAULTS, "schema", Path.of(""), List.of()));
        ObjectNode settings = new ObjectMapper().valueToTree(script.settings());
        settings.remove("name");
        return settings;
    }

    private ObjectNode tree() {
        ObjectNode schema = JSON.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "Sluice task-sequence script");
        schema.setAll(schema(""));
        ObjectNode schedule = JSON.objectNode();
        schedule.put("description", note(AskedKeys.SCHEDULE).description());
        schedule.setAll(section(AskedKeys.SCHEDULE, AskedKeys.KEYS_OF_SCHEDULE.known()));
        addRules(schedule, AskedKeys.SCHEDULE);
        schema.putObject("$defs").set(AskedKeys.SCHEDULE, schedule);
        return schema;
    }

    private KeyNote note(String key) {
        return notes.getOrDefault(key, KeyNote.NONE);
    }

    private ObjectNode schema(String key) {
        ObjectNode schema = JSON.objectNode();
        KeyNote note = note(key);
        if (note.description() != null) {
            schema.put("description", note.description());
        }
        ImmutableList<ObjectNode> ways = ways(key);
        checkState(!ways.isEmpty(), "no script writes the key '%s' for the schema", key);
        if (ways.size() == 1) {
            schema.setAll(ways.get(0));
        } else {
            schema.putArray("anyOf").addAll(ways);
        }
        if (note.examples() != null) {
            schema.set("examples", note.examples());
        }
        addDefault(schema, key);
        addRules(schema, key);
        return schema;
    }

    private void addRules(ObjectNode schema, String key) {
        if (note(key).schema() != null) {
            note(key).schema().properties().forEach(rule -> {
                if (schema.path(rule.getKey()) instanceof ArrayNode rules) {
                    rules.addAll((ArrayNode) rule.getValue());
                } else {
                    schema.set(rule.getKey(), rule.getValue());
                }
            });
        }
    }

    /** Each way to write the key. */
    private ImmutableList<ObjectNode> ways(String key) {
        ImmutableList.Builder<ObjectNode> ways = ImmutableList.builder();
        ways.addAll(KeyTypes.scalars(key, asked));
        asked.of(key, Question.SomeOf.class).forEach(some -> ways.add(KeyTypes.distinct(some.words())));
        asked.of(key, Question.Items.class).stream()
                .limit(1)
                .forEach(items -> ways.add(KeyTypes.list(items.most(), schema(key + "[]"))));
        asked.of(key, Question.Entries.class).stream().limit(1).forEach(entries -> ways.add(names(key, entries)));
        asked.of(key, Question.Keys.class).forEach(keys -> ways.add(mapping(key, keys)));
        return ways.build();
    }

    private ObjectNode names(String key, Question.Entries entries) {
        ObjectNode mapping = JSON.objectNode().put("type", "object");
        if (!entries.names().isEmpty()) {
            mapping.set("propertyNames", KeyTypes.words(entries.names()));
        }
        String value = AskedKeys.child(key, "*");
        if (asked.all().contains(value)) {
            mapping.set("additionalProperties", schema(value));
        }
        return mapping;
    }

    private ObjectNode mapping(String key, Question.Keys keys) {
        return keys.equals(AskedKeys.KEYS_OF_SCHEDULE)
                ? JSON.objectNode().put("$ref", "#/$defs/" + AskedKeys.SCHEDULE)
                : section(key, keys.known());
    }

    private ObjectNode section(String key, ImmutableList<String> known) {
        ObjectNode section = JSON.objectNode().put("type", "object").put("additionalProperties", false);
        ImmutableSet<String> required = asked.required(key);
        if (!required.isEmpty()) {
            ArrayNode names = section.putArray("required");
            required.forEach(names::add);
        }
        ObjectNode properties = section.putObject("properties");
        known.forEach(name -> properties.set(name, schema(AskedKeys.child(key, name))));
        ObjectNode beside = JSON.objectNode();
        ArrayNode where = JSON.arrayNode();
        for (String name : known) {
            String of = AskedKeys.child(key, name);
            KeyRules.beside(of, asked).ifPresent(rule -> beside.set(name, rule));
            where.addAll(KeyRules.where(
                    name, of, asked, properties.path(name).path("default").asText()));
        }
        if (!beside.isEmpty()) {
            section.set("dependentSchemas", beside);
        }
        if (!where.isEmpty()) {
            section.set("allOf", where);
        }
        return section;
    }

    /** What a script has that does not write the key; what depends on other keys is no default. */
    private void addDefault(ObjectNode schema, String key) {
        JsonNode setting = defaults.at("/" + key.replace('.', '/'));
        ImmutableList<Question.Otherwise> otherwise = asked.of(key, Question.Otherwise.class);
        if (!asked.of(key, Question.Required.class).isEmpty()) {
            return;
        }
        if (!setting.isMissingNode() && !setting.isObject()) {
            schema.set("default", KeyTypes.tidy(setting));
        } else if (setting.isMissingNode() && otherwise.size() == 1) {
            JsonNode written = new ObjectMapper()
                    .valueToTree(Iterables.getOnlyElement(otherwise).written());
            if (!written.isDouble() || Double.isFinite(written.asDouble())) {
                schema.set("default", KeyTypes.tidy(written));
            }
        }
    }
}
