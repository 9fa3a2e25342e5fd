package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.RunChecksums;
import sluice.evaluation.run.BoundPoint;
import sluice.evaluation.run.ImageBound;
import sluice.evaluation.run.LatentUse;
import sluice.evaluation.run.RunFile;
import sluice.evaluation.run.RunJson;
import sluice.evaluation.run.RunRecord;
import sluice.framework.generator.GeneratorResult;
import sluice.framework.internal.file.WholeFile;
import sluice.framework.picture.ModelPictures;
import sluice.tasks.InputException;

/** The files of a run that trained a network that generates: figures, bounds, latents, pictures, provenance and the model. */
final class GeneratorFiles {
    /** Those that other runs do not have. */
    static final ImmutableList<String> NAMES = ImmutableList.of(
            RunFile.BOUNDS,
            RunFile.TEST_BOUNDS,
            RunFile.LATENTS,
            RunFile.SAMPLES,
            RunFile.RECONSTRUCTIONS,
            RunFile.TRAVERSALS);

    private GeneratorFiles() {}

    /** Writes all that there are: pictures only where data are images. */
    static void write(GeneratorOutcome outcome, Path folder) {
        GeneratorResult result = outcome.result();
        RunFiles.writeText(folder.resolve(RunFile.METRICS), out -> MetricsCsv.write(List.of(outcome.metrics()), out));
        RunFiles.writeText(folder.resolve(RunFile.BOUNDS), out -> BoundPoint.FILE.write(result.curve(), out));
        RunFiles.writeText(folder.resolve(RunFile.TEST_BOUNDS), out -> ImageBound.FILE.write(result.bounds(), out));
        RunFiles.writeText(folder.resolve(RunFile.LATENTS), out -> LatentUse.FILE.write(result.latents(), out));
        WholeFile.write(folder.resolve(RunFile.RECORD), out -> out.write(RunJson.bytes(record(outcome))));
        if (ModelPictures.isPicture(outcome.data().shape())) {
            writePictures(new ModelPictures(result.model(), result.examples()), outcome, folder);
        }
        saveModel(outcome, folder.resolve(RunFiles.MODEL));
        try {
            RunChecksums.write(folder);
        } catch (IOException failed) {
            throw new InputException(
                    "cannot write checksums to %s (%s): choose a folder that is there and writable, with room left"
                            .formatted(folder, failed.getMessage()),
                    failed);
        }
    }

    private static void writePictures(ModelPictures pictures, GeneratorOutcome outcome, Path folder) {
        long seed = outcome.plan().seed();
        write(folder.resolve(RunFile.SAMPLES), pictures.samples(seed));
        write(folder.resolve(RunFile.RECONSTRUCTIONS), pictures.reconstructions());
        write(
                folder.resolve(RunFile.TRAVERSALS),
                pictures.traversals(outcome.result().latents()));
    }

    private static void write(Path file, byte[] picture) {
        WholeFile.write(file, out -> out.write(picture));
    }

    private static void saveModel(GeneratorOutcome outcome, Path file) {
        outcome.result()
                .model()
                .annotated("sluice", SluiceVersion.get())
                .annotated("settings", OneLineJson.of(outcome.plan().settings()))
                .save(file);
    }

    private static RunRecord record(GeneratorOutcome outcome) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("loading", outcome.loading().toNanos() / 1e9);
        seconds.put("training", outcome.result().trainSeconds());
        seconds.put("evaluation", outcome.result().evaluationSeconds());
        seconds.putAll(outcome.trace().checkpoints().seconds());
        seconds.put("total", outcome.total().toNanos() / 1e9);
        return new RunRecord(
                outcome.plan().name(),
                outcome.plan().strategy(),
                outcome.plan().seed(),
                false,
                outcome.plan().settings(),
                new TreeMap<>(outcome.data().checksums()),
                outcome.data().notes(),
                outcome.trace().warnings(),
                ImmutableList.of(),
                Optional.empty(),
                Optional.of("a network that generates learns no tasks one after another"),
                OptionalLong.empty(),
                Optional.empty(),
                seconds,
                RunRecords.versionsAndBuild(),
                Machine.description(outcome.plan().threads()));
    }
}
