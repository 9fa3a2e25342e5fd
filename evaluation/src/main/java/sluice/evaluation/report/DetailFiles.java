package sluice.evaluation.report;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import sluice.evaluation.AccuracyMatrix;
import sluice.evaluation.ContinualCsv;
import sluice.evaluation.CsvFile;
import sluice.evaluation.CsvLine;

/** The files of a run's folder that tell more than accuracies, read once for all runs in it. */
final class DetailFiles {
    static final String CONTINUAL = "continual-evaluation.csv";

    private static final CsvFile CURVES =
            new CsvFile(ImmutableList.of("strategy", "seed", "task", "step", "epoch", "loss", "accuracy"));
    private static final CsvFile CONFUSION =
            new CsvFile(ImmutableList.of("strategy", "seed", "task", "actual", "predicted", "count"));
    private static final CsvFile HARDEST = new CsvFile(ImmutableList.of(
            "strategy",
            "seed",
            "task",
            "rank",
            "actual",
            "predicted",
            "probability",
            "width",
            "height",
            "channels",
            "pixels"));
    private static final CsvFile GATES =
            new CsvFile(ImmutableList.of("strategy", "seed", "task", "layer", "units", "open", "probabilities"));
    private static final CsvFile OVERLAP = new CsvFile(ImmutableList.of("task", "earlier", "layer", "jaccard"));
    private static final Pattern RANGES = Pattern.compile("(\\d{1,9}(-\\d{1,9})?( \\d{1,9}(-\\d{1,9})?)*)?");
    private static final Pattern BINS = Pattern.compile("(\\d{1,9}( \\d{1,9}){9})?");
    private static final Set<Integer> CHANNELS = Set.of(1, 3);
    private static final int LARGEST_SIDE = 4096;

    private final List<CsvLine> curves;
    private final List<CsvLine> continual;
    private final List<CsvLine> confusion;
    private final List<CsvLine> hardest;
    private final List<CsvLine> gates;
    private final List<CsvLine> overlaps;

    DetailFiles(RunFolderReader folder) {
        curves = folder.read("learning-curves.csv", CURVES::lines);
        continual = folder.read(CONTINUAL, ContinualCsv::lines);
        confusion = folder.read("confusion.csv", CONFUSION::lines);
        hardest = folder.read("hardest.csv", HARDEST::lines);
        gates = folder.read("gates.csv", GATES::lines);
        overlaps = folder.read("overlap.csv", OVERLAP::lines);
    }

    /** What is known of a run; overlaps have no strategy and seed, and are of a run that is alone in its folder. */
    RunDetails of(AccuracyMatrix matrix, JsonNode provenance, boolean isAlone) {
        ImmutableSet<String> tasks = ImmutableSet.copyOf(matrix.tasks());
        return new RunDetails(
                provenance,
                of(matrix, curves, DetailFiles::point),
                ContinualCsv.of(continual, matrix).points(),
                of(matrix, confusion, DetailFiles::count),
                of(matrix, hardest, DetailFiles::example),
                of(matrix, gates, DetailFiles::layer),
                isAlone
                        ? overlaps.stream().map(line -> overlap(line, tasks)).collect(toImmutableList())
                        : ImmutableList.of());
    }

    private static <T> ImmutableList<T> of(AccuracyMatrix matrix, List<CsvLine> lines, Function<CsvLine, T> value) {
        ImmutableSet<String> tasks = ImmutableSet.copyOf(matrix.tasks());
        return lines.stream()
                .filter(line -> line.name("strategy").equals(matrix.strategy()) && line.seed() == matrix.seed())
                .peek(line -> checkTask(line, "task", tasks))
                .map(value)
                .collect(toImmutableList());
    }

    private static void checkTask(CsvLine line, String column, Set<String> tasks) {
        if (!tasks.contains(line.name(column))) {
            throw line.refusal(
                    column, "there is no such task in " + RunFolderReader.MATRIX + ": take files of one run");
        }
    }

    private static LearningPoint point(CsvLine line) {
        return new LearningPoint(
                line.name("task"),
                line.count("step", 1),
                line.count("epoch", 1),
                line.decimal("loss"),
                line.isEmpty("accuracy") ? Double.NaN : share(line, "accuracy"));
    }

    private static ConfusionCount count(CsvLine line) {
        return new ConfusionCount(
                line.name("task"), line.name("actual"), line.name("predicted"), line.count("count", 1));
    }

    private static HardExample example(CsvLine line) {
        int width = side(line, "width");
        int height = side(line, "height");
        int channels = line.count("channels", 1);
        if (!CHANNELS.contains(channels)) {
            throw line.refusal("channels", "must be 1 or 3, got " + channels);
        }
        String pixels = line.text("pixels");
        if (length(line, pixels) != (long) width * height * channels) {
            throw line.refusal("pixels", "must be base64 of width x height x channels bytes");
        }
        return new HardExample(
                line.name("task"),
                line.count("rank", 1),
                line.name("actual"),
                line.name("predicted"),
                share(line, "probability"),
                width,
                height,
                channels,
                pixels);
    }

    private static int side(CsvLine line, String column) {
        int side = line.count(column, 1);
        if (side > LARGEST_SIDE) {
            throw line.refusal(column, "must be at most " + LARGEST_SIDE + ", got " + side);
        }
        return side;
    }

    private static int length(CsvLine line, String pixels) {
        try {
            return Base64.getDecoder().decode(pixels).length;
        } catch (IllegalArgumentException broken) {
            throw line.refusal("pixels", "is not base64: take the file as the run wrote it");
        }
    }

    private static GateLayer layer(CsvLine line) {
        checkForm(line, "open", RANGES, "ranges such as '0-12 15 20-22'");
        checkForm(line, "probabilities", BINS, "ten counts such as '12 0 0 1 0 0 0 0 3 48', or nothing");
        GateLayer layer = new GateLayer(
                line.name("task"),
                line.count("layer", 1),
                line.count("units", 1),
                line.text("open"),
                line.text("probabilities"));
        if (UnitRanges.parse(layer.open(), layer.units()).isEmpty()) {
            throw line.refusal(
                    "open", "ranges must ascend and stay below the " + layer.units() + " units of the layer");
        }
        return layer;
    }

    private static void checkForm(CsvLine line, String column, Pattern form, String expected) {
        if (!form.matcher(line.text(column)).matches()) {
            throw line.refusal(column, "must be " + expected);
        }
    }

    private static TaskOverlap overlap(CsvLine line, Set<String> tasks) {
        checkTask(line, "task", tasks);
        checkTask(line, "earlier", tasks);
        return new TaskOverlap(
                line.name("task"),
                line.name("earlier"),
                line.name("layer"),
                line.isEmpty("jaccard") ? Double.NaN : share(line, "jaccard"));
    }

    private static double share(CsvLine line, String column) {
        double value = line.decimal(column);
        if (value < 0 || value > 1) {
            throw line.refusal(column, "must be in [0, 1], got " + value);
        }
        return value;
    }
}
