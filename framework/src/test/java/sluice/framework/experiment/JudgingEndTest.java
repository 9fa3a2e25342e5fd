package sluice.framework.experiment;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import sluice.framework.result.TrainingListener;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

/** A run that is to end while images that were asked for are judged. */
class JudgingEndTest {
    private static final String SCRIPT = """
            data: {set: digits, train_size: 20, test_size: 10}
            generator: {latents: [2], class: given, evaluate: {samples: 1, images: 1, asked: 20}}
            training: {iterations: 1}
            """;

    @Test
    void judgingEndsWhereTheRunIsToEnd() {
        GeneratorExperiment experiment = GeneratorExperiment.of(
                (TaskSequenceScript) ScriptReader.parse(SCRIPT, "mine", Path.of("/"), List.of()));
        AtomicBoolean begun = new AtomicBoolean();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void judging() {
                begun.set(true);
            }
        };

        assertThatExceptionOfType(RunStoppedException.class)
                .isThrownBy(() -> experiment.run(UserData.place(), listener, begun::get));
    }
}
