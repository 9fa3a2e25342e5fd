package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import sluice.evaluation.GeneratorMetric;
import sluice.evaluation.MatrixFormatException;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.MetricValue;
import sluice.evaluation.MetricsCsv;
import sluice.evaluation.Printable;
import sluice.evaluation.RunMetrics;
import sluice.evaluation.ShownPath;
import sluice.evaluation.run.BoundPoint;
import sluice.evaluation.run.ImageBound;
import sluice.evaluation.run.LatentUse;
import sluice.evaluation.run.RunCsv;
import sluice.evaluation.run.RunFile;

/** The files of the folder of a run that trained a network that generates. Pictures and run.json may be lacking. */
final class GeneratorFolderReader {
    /** How the runs of a comparison are read. */
    static final ComparisonReader.Kind<ReportedGenerator> KIND = new ComparisonReader.Kind<>() {
        @Override
        public String file() {
            return RunFile.TEST_BOUNDS;
        }

        @Override
        public List<ReportedGenerator> read(Path folder, String variant) {
            return List.of(new GeneratorFolderReader(folder, folder).read().named(variant));
        }
    };

    private static final double TOLERANCE = 1e-9;
    private static final ImmutableList<String> OF_GENERATORS =
            ImmutableList.of(RunFile.TEST_BOUNDS, RunFile.BOUNDS, RunFile.LATENTS);
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final Path folder;
    private final Path place;
    private final RunFolderReader files;

    /** Files that may lie elsewhere than a reader is told. */
    GeneratorFolderReader(Path folder, Path place) {
        this.folder = folder;
        this.place = place;
        this.files = new RunFolderReader(folder, place);
    }

    /** Whether a folder is that of such a run, be it whole or not. */
    static boolean isRun(Path folder) {
        return !Files.exists(folder.resolve(RunFile.MATRIX))
                && OF_GENERATORS.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    ReportedGenerator read() {
        files.checkChecksums();
        ReportedGenerator run = new ReportedGenerator(
                folder,
                ShownPath.of(place),
                metrics(),
                files.provenance(),
                lines(BoundPoint.FILE),
                lines(ImageBound.FILE),
                lines(LatentUse.FILE),
                pictures());
        checkBound(run);
        return explained(run);
    }

    private RunMetrics metrics() {
        List<RunMetrics> runs = needed(RunFile.METRICS, MetricsCsv::read);
        if (runs.size() != 1) {
            throw new MatrixFormatException("%s: holds figures of %d runs: name the folder of one run"
                    .formatted(source(RunFile.METRICS), runs.size()));
        }
        return runs.get(0);
    }

    private <T> ImmutableList<T> lines(RunCsv<T> file) {
        List<T> lines = needed(file.name(), file::read);
        if (lines.isEmpty()) {
            throw new MatrixFormatException(
                    source(file.name()) + ": there is no line but the header: take the file as the run wrote it");
        }
        return ImmutableList.copyOf(lines);
    }

    private <T> List<T> needed(String name, RunFolderReader.Parser<T> parser) {
        if (!Files.isRegularFile(folder.resolve(name))) {
            throw new MatrixFormatException(
                    "%s is of a network that generates, but there is no %s in it: name the folder as the run wrote it"
                            .formatted(Printable.of(ShownPath.of(folder)), name));
        }
        return files.read(name, parser);
    }

    private ImmutableMap<ModelPicture, String> pictures() {
        ImmutableMap.Builder<ModelPicture, String> pictures = ImmutableMap.builder();
        for (ModelPicture picture : ModelPicture.values()) {
            Path file = folder.resolve(picture.file());
            if (Files.isRegularFile(file)) {
                pictures.put(picture, uri(file));
            }
        }
        return pictures.buildOrThrow();
    }

    private static String uri(Path file) {
        try {
            byte[] picture = Files.readAllBytes(file);
            if (Bytes.indexOf(picture, PNG) != 0) {
                throw new MatrixFormatException("%s is no PNG picture: take the file as the run wrote it"
                        .formatted(Printable.of(ShownPath.of(file))));
            }
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture);
        } catch (IOException e) {
            throw RunFolderReader.unreadable(file, e);
        }
    }

    /** What metrics.csv says is the mean of what bounds-test.csv has. */
    private void checkBound(ReportedGenerator run) {
        double own = -run.bounds().stream()
                .mapToDouble(ImageBound::importanceWeighted)
                .average()
                .orElseThrow();
        String key = MeasuredMetric.NLL.key();
        if (!(run.metric(key) instanceof MetricValue.Defined file)) {
            throw new MatrixFormatException("%s: there is no metric %s: take the file as the run wrote it"
                    .formatted(source(RunFile.METRICS), key));
        }
        if (Math.abs(own - file.value()) > TOLERANCE * Math.max(1, Math.abs(own))) {
            throw new MatrixFormatException(
                    "%s: metric %s is %s, but %s gives %s: name a folder whose files are of one run"
                            .formatted(source(RunFile.METRICS), key, file.value(), RunFile.TEST_BOUNDS, own));
        }
    }

    /** A file has no room for the reason of an undefined figure: gives it back. */
    private static ReportedGenerator explained(ReportedGenerator run) {
        String key = GeneratorMetric.KL.key();
        return run.isStructured() && run.metric(key) instanceof MetricValue.Undefined
                ? run.with(run.metrics()
                        .replacing(key, MetricValue.undefined("latents of a structured network have no prior")))
                : run;
    }

    private String source(String name) {
        return Printable.of(files.source(name));
    }
}
