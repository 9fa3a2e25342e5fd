package sluice.framework.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.util.List;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.run.ConfusionCount;
import sluice.evaluation.run.RunFile;
import sluice.framework.internal.file.WholeFile;

/** The files of a model's evaluation: accuracies or errors, metrics, which classes were taken for which, and what was asked. */
final class EvaluationFiles {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private EvaluationFiles() {}

    static void write(ModelEvaluation evaluation, Path folder) {
        RunFiles.writeMatrices(evaluation.matrix(), evaluation.errors(), folder);
        RunFiles.writeText(
                folder.resolve(RunFile.METRICS), out -> MetricsCsv.write(List.of(evaluation.metrics()), out));
        if (evaluation.errors().isEmpty()) {
            RunFiles.writeText(
                    folder.resolve(RunFile.CONFUSION),
                    out -> ConfusionCount.FILE.write(
                            evaluation.matrix(),
                            AnswerTables.confusion(evaluation.answers(), evaluation.sequence()::className),
                            out));
        }
        WholeFile.write(folder.resolve(RunFile.EVALUATION), out -> out.write(json(evaluation)));
        RunFiles.writeChecksums(folder);
    }

    private static byte[] json(ModelEvaluation evaluation) {
        try {
            return JSON.writeValueAsBytes(evaluation.record());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
