package sluice.framework.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.framework.generator.GeneratorShape;
import sluice.framework.generator.GeneratorTrainer;
import sluice.framework.generator.ImageBinarisation;
import sluice.framework.generator.LatentLayer;
import sluice.gating.Schedule;
import sluice.tasks.Shape;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

class GeneratorScriptTest {
    @SuppressWarnings("UnusedVariable") // the source of a parameter
    private static final ImmutableList<String> SHIPPED = ImmutableList.of(
            "digits-few-labels",
            "digits-on-request",
            "digits-on-request-drawn",
            "generators-mnist",
            "generators-digits");

    @TempDir
    Path folder;

    private GeneratorScript read(String generator) throws IOException {
        return WrittenScript.in(folder, "data: {set: mnist}\ngenerator: " + generator)
                .readGenerator();
    }

    private static GeneratorTrainer trainer(GeneratorScript script, Shape data, int classes) {
        return script.generator().trainer(script.generator().shape(data, classes), script.training());
    }

    @Test
    void aGeneratorHasDefaults() throws IOException {
        GeneratorSettings generator = read("{}").generator();

        assertThat(generator.kind()).isEqualTo(GeneratorShape.Kind.AUTOENCODER);
        assertThat(generator.latents()).containsExactly(LatentLayer.bernoulli(200));
        assertThat(generator.hidden()).isEmpty();
        assertThat(generator.slope()).isEqualTo(new Schedule.Constant(1));
        assertThat(generator.samples()).isOne();
        assertThat(generator.binarisation()).isEqualTo(ImageBinarisation.FIXED);
        assertThat(generator.testSamples()).isEqualTo(1000);
        assertThat(generator.testImages()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void theNetworkHasTheFormThatIsWritten() throws IOException {
        GeneratorScript script = read("{latents: [{variables: 3, choices: 4}, 5], hidden: [6], class: 2}");

        GeneratorTrainer trainer = trainer(script, new Shape.Image(4, 3), 10);

        assertThat(trainer.shape())
                .isEqualTo(GeneratorShape.autoencoder(
                                12,
                                ImmutableList.of(LatentLayer.categorical(3, 4), LatentLayer.bernoulli(5)),
                                ImmutableList.of(6))
                        .withClasses(10));
        assertThat(trainer.labels()).isEqualTo(20);
    }

    @Test
    void aStructuredNetworkIsGivenTheUpperRows() throws IOException {
        GeneratorScript script = read("{kind: structured, latents: [5, 5]}");

        GeneratorShape ofImage = trainer(script, new Shape.Image(5, 3), 10).shape();
        GeneratorShape ofVector = trainer(script, new Shape.Vector(7), 10).shape();

        assertThat(ofImage.given()).isEqualTo(6);
        assertThat(ofImage.generated()).isEqualTo(9);
        assertThat(ofVector.given()).isEqualTo(3);
        assertThat(ofVector.generated()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"given, 2147483647", "unsupervised, 0", "7, 70"})
    void whatIsKnownOfTheClassIsCounted(String known, int labels) throws IOException {
        GeneratorScript script = read("{class: %s}".formatted(known));

        assertThat(trainer(script, new Shape.Vector(4), 10).labels()).isEqualTo(labels);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{kind: structured, latents: [9, {variables: 2, choices: 3}], binarisation: none}",
                "{class: given, label_weight: 3, hidden: [5, 6], slope: {schedule: linear, rate: 0.1, limit: 4}}",
                "{class: unsupervised, samples: 5, validation: 100, evaluate: {samples: 9, images: 10}}",
                "{class: 10, estimator: {gumbel-softmax: {temperature: {schedule: cosine, start: 1, end: 0.5}}},"
                        + " latents: [{variables: 2, choices: 3}]}",
                "{estimator: unbiased, control_variate: quadratic, binarisation_seed: -3}"
            })
    void settingsWrittenToAScriptReadBackTheSame(String generator) throws IOException {
        GeneratorScript script = read(generator);
        String again = ScriptDomain.yaml(script.settings());

        GeneratorScript read = WrittenScript.in(folder, again).readGenerator();

        assertThat(read.settings()).isEqualTo(script.settings());
        assertThat(ScriptDomain.yaml(read.settings())).isEqualTo(again);
        assertThat(read.settings()).doesNotContainKeys("split", "scenario", "strategy", "network", "gates", "report");
        assertThat(Schema.errors(again)).isEmpty();
    }

    @Test
    void theSchemaHasTheDefaultsOfTheReader() throws IOException, JsonProcessingException {
        Map<?, ?> settings = (Map<?, ?>) read("{}").settings().get("generator");
        JsonNode schema = Schema.tree().at("/properties/generator/properties");

        for (String key : ImmutableList.of("kind", "hidden", "class", "control_variate", "binarisation", "samples")) {
            assertThat(schema.path(key).path("default").asText()).as(key).isEqualTo(String.valueOf(settings.get(key)));
        }
        assertThat(schema.path("latents").path("default"))
                .isEqualTo(new ObjectMapper().valueToTree(settings.get("latents")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {kind: gan}                  | generator.kind: unknown choice 'gan': choose one of autoencoder, structured
            {latent: [9]}                | generator: unknown key 'latent': did you mean 'latents'?
            {latents: 9}                 | generator.latents: must be a list of 1 to 5 layers like [200] or
            {latents: []}                | generator.latents: must be a list of 1 to 5 layers
            {latents: [9, 9, 9, 9, 9, 9]} | generator.latents: must be a list of 1 to 5 layers
            {latents: [0]}               | generator.latents[0]: must be in [1, 10000], got 0
            {latents: [{variables: 20}]} | generator.latents[0].choices: is missing: write for instance choices: 10
            {latents: [{variables: 2000, choices: 10}]} | generator.latents[0]: must have at most 10000 units
            {hidden: []}                 | generator.hidden: must be none, or a list of layer sizes like [200]
            {class: some}                | generator.class: must be none, given, unsupervised, or a number of labelled
            {class: given, kind: structured} | generator.class: must be none where kind is structured
            {label_weight: 2}            | generator.label_weight: has no meaning where class is none
            {estimator: st}              | generator.estimator: unknown estimator 'st'
            {estimator: {concrete: {heat: 1}}} | generator.estimator: estimator concrete: it takes no parameter 'heat'
            {estimator: gumbel-softmax}  | generator.estimator: estimator gumbel-softmax cannot serve Bernoulli latents: use st-open,
            {latents: [{variables: 2, choices: 3}], estimator: concrete} | estimator concrete cannot serve latents of 3 choices: use st-sigmoid, reinmax,
            {class: 5, estimator: concrete} | estimator concrete cannot serve the class, which is a latent of several choices: use st-sigmoid,
            {latents: [9, {variables: 2, choices: 3}], estimator: concrete} | disarm, muprop, rebar, relax or gumbel-rao
            {samples: 0}                 | generator.samples: must be in [1, 100], got 0
            {samples: 5, estimator: leave-one-out} | generator.samples: estimator leave-one-out draws
            {control_variate: quadratic} | generator.control_variate: the quadratic control variate is for estimators
            {control_variate: quadratic, estimator: unbiased, hidden: [9]} | generator.control_variate: the quadratic
            {slope: -1}                  | generator.slope: must be above 0, got -1
            {evaluate: {images: none}}   | generator.evaluate.images: must be a whole number in [1, 2147483646], got none
            """)
    void mistakesAreNamedWithTheirPlace(String generator, String complaint) throws IOException {
        assertThat(WrittenScript.in(folder, "data: {set: mnist}\ngenerator: " + generator)
                        .complaint())
                .startsWith("mine.yaml:2: ")
                .contains(complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"split", "scenario", "strategy", "network", "gates", "inference", "report"})
    void whatSpeaksOfTasksIsRefused(String section) throws IOException {
        String script = "data: {set: mnist}\ngenerator: {}\n%s: {}".formatted(section);

        assertThat(WrittenScript.in(folder, script).complaint())
                .isEqualTo(
                        "mine.yaml:3: %s: has no meaning beside generator, which learns no tasks one after another: remove one of the two"
                                .formatted(section));
    }

    @Test
    void gradientsAreNotClipped() throws IOException {
        String script = "data: {set: mnist}\ngenerator: {}\ntraining: {gradient_clip: 1}";

        assertThat(WrittenScript.in(folder, script).complaint())
                .isEqualTo(
                        "mine.yaml:3: training.gradient_clip: has no meaning beside generator, whose gradients are not clipped: remove it");
    }

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void shippedGeneratorsAreWell(String name) {
        if (ScriptReader.shipped(name, ImmutableList.of()) instanceof ComparisonScript comparison) {
            assertThat(comparison.runs())
                    .allSatisfy(
                            run -> assertThat(GeneratorScript.of(run.script()).generator())
                                    .isNotNull());
        } else {
            TaskSequenceScript script = (TaskSequenceScript) ScriptReader.shipped(name, ImmutableList.of());
            assertThat(GeneratorScript.of(script).generator().classLatent())
                    .isEqualTo(new GeneratorSettings.ClassLatent.Known(Integer.MAX_VALUE));
        }
    }
}
