package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sluice.framework.result.TrainingListener;
import sluice.tasks.InputException;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

class AskedImagesTest {
    private static GeneratorExperiment experiment(String asked, String ofClass) {
        String script = """
                name: asked
                data: {set: digits, train_size: 1500, test_size: 300}
                generator:
                  latents: [{variables: 6, choices: 5}]
                  hidden: [60]
                  class: %s
                  estimator: gumbel-softmax
                  binarisation: none
                  evaluate: {samples: 10, images: 20, asked: %s}
                training: {iterations: 500, batch_size: 50, learning_rate: 0.003}
                """.formatted(ofClass, asked);
        return GeneratorExperiment.of(
                (TaskSequenceScript) ScriptReader.parse(script, "asked.yaml", Path.of(""), List.of()));
    }

    @Tag("slow")
    @Test
    void imagesThatAreAskedForAreJudged() {
        GeneratorOutcome outcome = experiment("200", "given").run(TrainingListener.SILENT);

        JudgedImages judged = outcome.judged().orElseThrow();
        assertThat(judged.asked()).isEqualTo(200);
        assertThat(judged.classifier()).isGreaterThan(0.9);
        assertThat(judged.recognised()).isBetween(0.5, 1.0).isGreaterThanOrEqualTo(judged.recognisedLeast());
        assertThat(judged.recognisedFirst()).isBetween(0.3, 1.0);
        assertThat(judged.distance()).isBetween(0.1, 3.0);
        assertThat(judged.distanceDrawn()).isBetween(0.1, 3.0);
    }

    @Test
    void fewerThanOneOfEachClassAreRefused() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> experiment("9", "given").run(TrainingListener.SILENT))
                .withMessage(
                        "asked.yaml:9: generator.evaluate.asked: must be at least 1 for each of the 10 classes, got 9");
    }

    @Test
    void noneCanBeAskedForWhereNoClassIsKnown() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> experiment("100", "unsupervised"))
                .withMessage(
                        "asked.yaml:9: generator.evaluate.asked: must be 0 where no class is known, as none can be asked for:"
                                + " remove it, or write class: given");
    }
}
