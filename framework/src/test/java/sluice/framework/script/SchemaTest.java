package sluice.framework.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.ShippedScript;

class SchemaTest {
    @SuppressWarnings("UnusedVariable") // the source of a parameter
    private static final ImmutableList<ShippedScript> SHIPPED = ScriptReader.shippedScripts();

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void shippedScriptsFollowTheSchema(ShippedScript script) {
        assertThat(Schema.errors(script.text())).isEmpty();
    }

    @Test
    void everyKeyOfTheReaderIsDescribedAndNoOther() {
        Set<String> ofSchema = new TreeSet<>(Set.of("", AskedKeys.SCHEDULE));

        collect("", Schema.tree(), ofSchema);
        collect(AskedKeys.SCHEDULE, Schema.tree().at("/$defs/schedule"), ofSchema);

        assertThat(KeyNote.all().keySet()).containsAll(ofSchema);
        assertThat(AskedKeys.of(SchemaScripts.all()).all())
                .containsAll(KeyNote.all().keySet());
    }

    @Test
    void whatTheReaderAsksIsInTheSchema() {
        JsonNode schema = Schema.tree().path("properties");

        assertThat(Schema.tree().path("required").toString()).isEqualTo("[\"data\"]");
        assertThat(schema.at("/training/properties/epochs").toString())
                .contains(
                        "[{\"enum\":[\"auto\"]},{\"type\":\"integer\",\"minimum\":1,\"maximum\":100000}],\"default\":\"auto\"");
        assertThat(schema.at("/training/properties/momentum").toString())
                .contains("\"type\":\"number\",\"minimum\":0,\"exclusiveMaximum\":1,\"default\":0");
        assertThat(schema.at("/scenario").toString())
                .contains("\"enum\":[\"task\",\"domain\",\"class\"],\"default\":\"task\"");
        assertThat(schema.at("/network/properties/growth/anyOf").toString())
                .startsWith(
                        "[{\"enum\":[\"auto\",\"separate\",\"none\"]},{\"type\":\"number\",\"exclusiveMinimum\":0,\"maximum\":100},")
                .contains("\"dependentSchemas\":{\"units\":{\"properties\":{\"share\":false,\"threshold\":false}}}");
        assertThat(schema.at("/network/properties/growth/then").toString())
                .isEqualTo("{\"anyOf\":[{\"required\":[\"share\"]},{\"required\":[\"units\"]}]}");
        assertThat(schema.at("/network/properties/layers/maxItems").asInt()).isEqualTo(20);
        assertThat(schema.at("/network/dependentSchemas").toString())
                .isEqualTo("{\"layers\":{\"properties\":{\"hidden\":false}}}");
    }

    @Test
    void everyKeyOfTheSchemaIsDescribedAndEverySectionClosed() {
        assertDescribed("", Schema.tree());
        Schema.tree().path("$defs").properties().forEach(part -> assertDescribed(part.getKey(), part.getValue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mnist", "digits"})
    void schemaAndReaderHaveTheSameDefaults(String set) throws IOException {
        ExperimentScript script =
                WrittenScript.in(folder, "data: {set: %s}".formatted(set)).read();
        JsonNode settings = new ObjectMapper().valueToTree(script.settings());

        assertDefaults("", Schema.tree(), settings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: x",
                "data: {set: mnist, train_size: 100}",
                "data: {set: digits, folder: x}",
                "data: {set: digits, train_size: 9}",
                "data: {set: mnist, test_share: 0.5}",
                "data: {set: mnist, label: a}",
                "data: {set: digits, train: a}",
                "data: {set: images}",
                "data: {set: images, folder: x, seed: 1}",
                "data: {set: images, folder: x, test_share: 1}",
                "data: {set: images, folder: x, label: a}",
                "data: {set: images, folder: x, train_size: 100}",
                "data: {set: csv, train: a, test: b}",
                "data: {set: csv, label: l}",
                "data: {set: csv, label: l, train: a}",
                "data: {set: csv, label: l, target: p, train: a, test: b}",
                "data: {set: csv, target: p, train: a, test: b, clusters: 3}",
                "data: {set: mnist, target: p}",
                "data: {set: csv, target: l, train: a, test: b}\nsplit: {classes_per_task: 2}",
                "data: {set: csv, target: l, train: a, test: b}\nscenario: class",
                "data: {set: csv, target: l, train: a, test: b}\ngenerator: {latents: [9]}",
                "data: {set: csv, target: l, train: a, test: b}\ntune: {try: {training.learning_rate: [0.1]}, by: acc}",
                "data: {set: csv, target: l, train: a, test: b}\ntraining: {class_weights: balanced}",
                "data: {set: csv, target: l, train: a, test: b}\nreport: {continual: 50}",
                "data: {set: csv, target: l, train: a, test: b}\nreport: {predictions: true}",
                "data: {set: csv, target: l, train: a, test: b}\nreport: {references: [joint]}",
                "data: {set: csv, target: l, train: a, test: b}\nnetwork: {units: binary, hidden: [9]}",
                "data: {set: csv, target: l, train: a, test: b}\nnetwork: {exits: {layers: [{dense: 9}]}}",
                "data: {set: csv, target: l, train: a, test: b}\ngates: {gater: {hidden: none, open: 0.3}}",
                "data: {set: csv, label: l, train: a, test: b, folder: x}",
                "data: {set: csv, label: l, train: a, test: b, file: c, test_share: 0.5}",
                "data: {set: csv, label: l, train: a, test: b, test_share: 0.5}",
                "data: {set: csv, label: l, train: a, test: b, seed: 1}",
                "data: {set: csv, label: l, train: a, test: b, normalisation: unit}",
                "data: {set: csv, label: l, train: a, test: b, standardise: first}",
                "data: {set: csv, label: l, train: a, test: b, categorical: []}",
                "data: {set: csv, label: l, train: a, test: b, exclude: [c, c]}",
                "data: {set: csv, label: l, train: a, test: b, missing: {fill: median}}",
                "data: {set: csv, label: l, train: a, test: b, missing: {text: ''}}",
                "data: {set: csv, label: l, train: a, test: b, names: [c]}",
                "data: {set: cvs}",
                "data: {set: csv, label: l, file: a}",
                "data: {set: csv, label: l, file: a, test_share: -0.1}",
                "data: {set: csv, label: l, tasks: []}",
                "data: {set: csv, label: l, tasks: [{name: a, train: a}]}",
                "data: {set: csv, label: l, tasks: [{name: a, file: a}]}",
                "data: {set: csv, label: l, tasks: [{name: a, file: a, test: b}], test_share: 0.5}",
                "data: {set: csv, label: l, tasks: [{name: a, train: a, test: b}], test_share: 0.5}",
                "data: {set: csv, label: l, tasks: [{name: a, train: a, test: b}], task_column: c}",
                "data: {set: csv, label: l, tasks: [{name: a, train: a, test: b}]}\nsplit: {classes_per_task: 2}",
                "data: {set: csv, label: l, train: a, test: b, task_column: c}\nsplit: {classes_per_task: 2}",
                "data: {set: csv, label: l, train: a, test: b, task_column: {column: c}, seed: 1}",
                "data: {set: csv, label: l, train: a, test: b, task_column: {parts: 2}}",
                "data: {set: csv, label: l, train: a, test: b, task_column: {column: c, parts: 1}}",
                "data: {set: csv, label: l, train: a, test: b, task_column: {column: c, parts: 2, bounds: [1]}}",
                "data: {set: csv, label: l, train: a, test: b, task_column: {column: c, parts: 2}}\nsplit: {permuted: 2}",
                "data: {set: mnist}\nsed: 1",
                "data: {set: mnist}\nname: ../x",
                "data: {set: mnist}\nsplit: {groups: [[0]], classes_per_task: 1}",
                "data: {set: mnist}\nsplit: {groups: [[0]], class_order: given}",
                "data: {set: mnist}\nsplit: {permuted: 2, classes_per_task: 1}",
                "data: {set: mnist}\nsplit: {permuted: 2, rotated: [1]}",
                "data: {set: mnist}\nsplit: {permuted: 0}",
                "data: {set: mnist}\nsplit: {permuted: 10001}",
                "data: {set: mnist}\nsplit: {permuted: 1.5}",
                "data: {set: mnist}\nsplit: {rotated: []}",
                "data: {set: mnist}\nsplit: {rotated: 20}",
                "data: {set: mnist}\nsplit: {rotated: [361]}",
                "data: {set: mnist}\nsplit: {rotated: [20, 20]}",
                "data: {set: mnist}\nsplit: {rotated: [20], class_order: shuffled}",
                "data: {set: mnist}\nsplit: {class_order: random}",
                "data: {set: mnist}\nscenario: tasks",
                "data: {set: mnist}\nstrategy: gate",
                "data: {set: mnist}\nstrategy: {gate: {}}",
                "data: {set: mnist}\ngates: {estimator: st}",
                "data: {set: mnist}\ntraining: {optimizer: adamw}",
                "data: {set: mnist}\nsplit: {groups: [[]]}",
                "data: {set: mnist}\nsplit: {groups: []}",
                "data: {set: mnist}\nnetwork: {hidden: []}",
                "data: {set: mnist}\nnetwork: {hidden: [0]}",
                "data: {set: mnist}\nnetwork: {normalisation: layer}",
                "data: {set: mnist}\nnetwork: {hidden: [9], units: binary, normalisation: batch}",
                "data: {set: mnist}\nnetwork: {layers: []}",
                "data: {set: mnist}\nnetwork: {layers: [400]}",
                "data: {set: mnist}\nnetwork: {layers: [{dense: 0}]}",
                "data: {set: mnist}\nnetwork: {layers: [{lstm: 4}]}",
                "data: {set: mnist}\nnetwork: {layers: [{dense: 4, conv: {maps: 1, kernel: 3}}]}",
                "data: {set: mnist}\nnetwork: {layers: [{conv: 4}]}",
                "data: {set: mnist}\nnetwork: {layers: [{conv: {kernel: 4}}]}",
                "data: {set: mnist}\nnetwork: {layers: [{conv: {maps: 4}}]}",
                "data: {set: mnist}\nnetwork: {layers: [{conv: {maps: 4, kernel: 3, stride: 2}}]}",
                "data: {set: mnist}\nnetwork: {layers: [{conv: {maps: 4, kernel: 3, pool: 12}}]}",
                "data: {set: mnist}\nnetwork: {layers: [{conv: {maps: 4, kernel: 3, padding: full}}]}",
                "data: {set: mnist}\nnetwork: {layers: [{conv: {maps: 4, kernel: 3, pool: 2, pooling: mean}}]}",
                "data: {set: mnist}\nnetwork: {layers: [{dense: 4}], hidden: [4]}",
                "data: {set: mnist}\nnetwork: {layers: [{dense: 4}], units: binary}",
                "data: {set: mnist}\ngates: {slope: 0}",
                "data: {set: mnist}\ngates: {slope: {rate: 1}}",
                "data: {set: mnist}\ngates: {slope: {schedule: exponential, rate: 0.5}}",
                "data: {set: mnist}\ngates: {slope: {schedule: exponential, rate: 0, limit: 1}}",
                "data: {set: mnist}\ngates: {slope: {schedule: linear, rate: -0.5}}",
                "data: {set: mnist}\ngates: {slope: {schedule: linear, rate: 0}}",
                "data: {set: mnist}\ngates: {slope: {schedule: linear, end: 2}}",
                "data: {set: mnist}\ngates: {slope: {schedule: cosine}}",
                "data: {set: mnist}\ngates: {slope: {schedule: cosine, end: 2, limit: 3}}",
                "data: {set: mnist}\ngates: {slope: {schedule: hat, start: 1}}",
                "data: {set: mnist}\ngates: {slope: {schedule: hat, limit: 0.5}}",
                "data: {set: mnist}\ngates: {estimator: {a: {}, b: {}}}",
                "data: {set: mnist}\ngates: {estimator: {a: {b: {schedule: linear, start: 0}}}}",
                "data: {set: mnist}\ngates: {neuron: x}",
                "data: {set: mnist}\ngates: {groups: 1}",
                "data: {set: mnist}\ngates: {budget: 0}",
                "data: {set: mnist}\ngates: {budget: 1.1}",
                "data: {set: mnist}\ngates: {budget: 0.5, groups: 4}",
                "data: {set: mnist}\ngates: {reuse: forbidden, groups: 4}",
                "data: {set: mnist}\ngates: {reuse: 1}",
                "data: {set: mnist}\ngates: {reuse_price: 2}",
                "data: {set: mnist}\nnetwork: {growth: 0}",
                "data: {set: mnist}\nnetwork: {growth: fast}",
                "data: {set: mnist}\nnetwork: {growth: {threshold: 0.5}}",
                "data: {set: mnist}\nnetwork: {growth: {share: 1, threshold: 1.1}}",
                "data: {set: mnist}\nnetwork: {units: binary, hidden: [2], growth: auto}",
                "data: {set: mnist}\nreport: {evaluate: some}",
                "data: {set: mnist}\nnetwork: {units: tanh}",
                "data: {set: mnist}\nnetwork: {units: binary}",
                "data: {set: mnist}\nnetwork: {units: binary, hidden: [2, 2]}",
                "data: {set: mnist}\nnetwork: {units: binary, hidden: [2]}\ngates: {sparsity: 1}",
                "data: {set: mnist}\ntraining: {momentum: 0.5}",
                "data: {set: mnist}\ntraining: {optimizer: rmsprop, momentum: 0.5}",
                "data: {set: mnist}\ntraining: {optimizer: ''}",
                "data: {set: mnist}\ntraining: {optimizer: sgd, momentum: 1}",
                "data: {set: mnist}\ntraining: {epochs: 0}",
                "data: {set: mnist}\ntraining: {epochs: '3'}",
                "data: {set: mnist}\ntraining: {iterations: 0}",
                "data: {set: mnist}\ntraining: {iterations: 2.5}",
                "data: {set: mnist}\ntraining: {iterations: 100000001}",
                "data: {set: mnist}\ntraining: {epochs: 3, iterations: 9}",
                "data: {set: mnist}\ntraining:",
                "data: {set: mnist}\nthreads: 0",
                "data: {set: mnist}\nthreads: 257",
                "data: {set: mnist}\nthreads: 1.5",
                "data: {set: mnist}\ncompare: {}",
                "data: {set: mnist}\ncompare: {variants: []}",
                "data: {set: mnist}\ncompare: {variants: [{name: a, sets: {}}]}",
                "data: {set: mnist}\ncompare: {variants: [{name: ../a}]}",
                "data: {set: mnist}\ncompare: {variants: [{name: a, set: {seed: 2}}]}",
                "data: {set: mnist}\ncompare: {variants: [{name: a, set: {output.folder: x}}]}",
                "data: {set: mnist}\ncompare: {seeds: [], variants: [{name: a}]}",
                "data: {set: mnist}\ncompare: {seeds: [1, 1], variants: [{name: a}]}",
                "data: {set: mnist}\nreport: {forgetting: worst}",
                "data: {set: mnist}\nreport: {references: joint}",
                "data: {set: mnist}\nreport: {references: [untrained]}",
                "data: {set: mnist}\nreport: {references: [joint, joint]}",
                "data: {set: mnist}\nreport: {reference: [joint]}",
                "data: {set: mnist}\ngenerator: {kind: gan}",
                "data: {set: mnist}\ngenerator: {latents: []}",
                "data: {set: mnist}\ngenerator: {latents: [0]}",
                "data: {set: mnist}\ngenerator: {latents: [1, 1, 1, 1, 1, 1]}",
                "data: {set: mnist}\ngenerator: {latents: [{variables: 2}]}",
                "data: {set: mnist}\ngenerator: {latents: [{variables: 2, choices: 1}]}",
                "data: {set: mnist}\ngenerator: {hidden: [0]}",
                "data: {set: mnist}\ngenerator: {class: all}",
                "data: {set: mnist}\ngenerator: {class: 0}",
                "data: {set: mnist}\ngenerator: {class: given, kind: structured}",
                "data: {set: mnist}\ngenerator: {label_weight: 1}",
                "data: {set: mnist}\ngenerator: {class: given, label_weight: -1}",
                "data: {set: mnist}\ngenerator: {estimator: st}",
                "data: {set: mnist}\ngenerator: {slope: 0}",
                "data: {set: mnist}\ngenerator: {samples: 101}",
                "data: {set: mnist}\ngenerator: {control_variate: cubic}",
                "data: {set: mnist}\ngenerator: {binarisation: drawn}",
                "data: {set: mnist}\ngenerator: {validation: -1}",
                "data: {set: mnist}\ngenerator: {evaluate: {samples: 0}}",
                "data: {set: mnist}\ngenerator: {evaluate: {images: some}}",
                "data: {set: mnist}\ngenerator: {}\nsplit: {permuted: 2}",
                "data: {set: mnist}\ngenerator: {}\nscenario: task",
                "data: {set: mnist}\ngenerator: {}\nstrategy: gates",
                "data: {set: mnist}\ngenerator: {}\nnetwork: {hidden: [9]}",
                "data: {set: mnist}\ngenerator: {}\ngates: {slope: 1}",
                "data: {set: mnist}\ngenerator: {}\ninference: {threshold: 0}",
                "data: {set: mnist}\ngenerator: {}\nreport: {continual: none}",
                "data: {set: mnist}\ngenerator: {}\ntraining: {gradient_clip: 1}",
                "data: {set: mnist}\ncheckpoint: {every: 60}",
                "data: {set: mnist}\ncheckpoint: {every: 60 s}",
                "data: {set: mnist}\ncheckpoint: {every: never}",
                "data: {set: mnist}\noutput: {folder: ''}"
            })
    void schemaAndReaderRefuseTheSameMistakes(String script) throws IOException {
        assertThat(Schema.errors(script)).isNotEmpty();
        assertThat(WrittenScript.in(folder, script).complaint()).startsWith("mine.yaml:");
    }

    /** Dotted keys of the schema's properties. */
    private static void collect(String key, JsonNode schema, Set<String> keys) {
        schema.path("properties").properties().forEach(property -> {
            keys.add(child(key, property.getKey()));
            collect(child(key, property.getKey()), property.getValue(), keys);
        });
        if (schema.has("items")) {
            collect(key + "[]", schema.path("items"), keys);
        }
        schema.path("anyOf").forEach(variant -> collect(key, variant, keys));
    }

    private static void assertDescribed(String key, JsonNode schema) {
        assertThat(schema.path("description").asText()).as(key).isNotBlank();
        if (schema.has("properties")) {
            assertThat(schema.path("additionalProperties").isBoolean()).as(key).isTrue();
            assertThat(schema.path("additionalProperties").asBoolean()).as(key).isFalse();
        }
        schema.path("properties")
                .properties()
                .forEach(property -> assertDescribed(child(key, property.getKey()), property.getValue()));
    }

    private static void assertDefaults(String key, JsonNode schema, JsonNode settings) {
        schema.path("properties").properties().forEach(property -> {
            String child = child(key, property.getKey());
            JsonNode setting = settings.path(property.getKey());
            JsonNode otherwise = property.getValue().path("default");
            if (otherwise.isNumber() && !setting.isMissingNode()) {
                assertThat(setting.asDouble()).as(child).isEqualTo(otherwise.asDouble());
            } else if (!otherwise.isMissingNode() && !setting.isMissingNode()) {
                assertThat(setting.toString()).as(child).isEqualTo(otherwise.toString());
            }
            assertDefaults(child, property.getValue(), setting);
        });
    }

    private static String child(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }
}
