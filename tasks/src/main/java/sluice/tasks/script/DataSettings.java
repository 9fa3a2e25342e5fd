package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Range;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.csv.CsvData;
import sluice.tasks.csv.CsvFiles;
import sluice.tasks.digits.Digits;
import sluice.tasks.images.ImageFolder;
import sluice.tasks.source.DataSets;
import sluice.tasks.source.DataSource;
import sluice.tasks.source.ImageDataSources;

/**
 * Which data is learned. {@link ScriptReader} checks the ranges.
 *
 * @param set name of the data set; whoever loads data sets knows which there are
 * @param folder where its files are, absolute where named
 * @param scaling how raw pixels become inputs
 * @param padding pixels of 0 that are put around images on each side, 0 to 100
 * @param source what its examples are made from
 */
public record DataSettings(String set, Folder folder, Scaling scaling, int padding, Source source) {
    private static final String FILES = "files";

    static final ImmutableList<String> KEYS = ImmutableList.<String>builder()
            .add(
                    "set",
                    "folder",
                    FILES,
                    "normalisation",
                    "padding",
                    ImagesSection.RESIZE,
                    ImagesSection.COLOUR,
                    "train_size",
                    "test_size")
            .addAll(CsvSection.KEYS)
            .addAll(TestShareKeys.KEYS)
            .build();
    /** The sets that a key is for; one that is not here is for all. */
    private static final ImmutableSetMultimap<String, String> SETS_OF_KEY =
            ImmutableSetMultimap.<String, String>builder()
                    .putAll("train_size", Digits.NAME)
                    .putAll("test_size", Digits.NAME)
                    .putAll(FILES, ImageDataSources.IDX.name())
                    .putAll("padding", imageSets())
                    .putAll(ImagesSection.RESIZE, ImageFolder.NAME)
                    .putAll(ImagesSection.COLOUR, ImageFolder.NAME)
                    .putAll("seed", Digits.NAME, CsvData.NAME, ImageFolder.NAME)
                    .putAll("test_share", CsvData.NAME, ImageFolder.NAME)
                    .putAll(forCsv())
                    .build();

    static final Pattern NOT_BLANK = Pattern.compile("[\\s\\S]*\\S[\\s\\S]*");
    private static final Pattern NAME_START = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final Range<Integer> PADDING = Range.closed(0, 100);
    private static final Range<Integer> SIZES = Range.closed(10, 1_000_000);

    private static ImmutableList<String> imageSets() {
        return DataSets.TABLE.stream()
                .map(DataSource::name)
                .filter(name -> !name.equals(CsvData.NAME))
                .collect(ImmutableList.toImmutableList());
    }

    private static ImmutableSetMultimap<String, String> forCsv() {
        return CsvSection.KEYS.stream()
                .collect(ImmutableSetMultimap.toImmutableSetMultimap(key -> key, key -> CsvData.NAME));
    }

    /** How raw pixels 0 to 255 become the network's inputs. */
    public enum Scaling {
        /** As they are. */
        NONE(Normalisation.NONE),
        /** 0 to 255 become 0 to 1. */
        UNIT(Normalisation.UNIT_PIXELS),
        /** Unit pixels less MNIST's mean 0.1307, divided by its standard deviation 0.3081. */
        STANDARD(Normalisation.standard(0.1307f * 255, 0.3081f * 255));

        private final Normalisation normalisation;

        Scaling(Normalisation normalisation) {
            this.normalisation = normalisation;
        }

        /** {@return the same as a formula} */
        public Normalisation normalisation() {
            return normalisation;
        }
    }

    /** What examples are made from. */
    public sealed interface Source {}

    /**
     * The set's own files, wherever they are.
     *
     * @param named what their names begin with, such as {@code emnist-letters}; "" for MNIST's names, or the one set that is there
     */
    public record Files(String named) implements Source {}

    /**
     * How digits are drawn.
     *
     * @param trainSize training examples, 10 to 1000000
     * @param testSize test examples, 10 to 1000000
     * @param seed seed of the drawing
     */
    public record Drawing(int trainSize, int testSize, long seed) implements Source {}

    /**
     * Tables of the user's own.
     *
     * @param data which, with absolute paths
     */
    public record Tables(CsvData data) implements Source {}

    /**
     * Images of the user's own.
     *
     * @param data which, with an absolute path
     */
    public record Images(ImageFolder data) implements Source {}

    /** {@return whether the examples are drawn, not read from files} */
    public boolean drawn() {
        return source instanceof Drawing;
    }

    /** {@return whether the data comes as tasks, so that there is nothing to split} */
    public boolean isDivided() {
        return source instanceof Tables tables
                && (hasTarget() || !(tables.data().files() instanceof CsvFiles.OneSet));
    }

    /** {@return whether a number is predicted of each example, and no classes are told apart} */
    public boolean hasTarget() {
        return source instanceof Tables tables && tables.data().columns().hasTarget();
    }

    static DataSettings read(Section data, Path scriptFolder) {
        ImmutableList<String> sets =
                DataSets.TABLE.stream().map(DataSource::name).collect(ImmutableList.toImmutableList());
        Value named = data.required("set", "set: mnist");
        String set = named.name(sets);
        try {
            DataSets.named(set);
        } catch (InputException unknown) {
            throw named.unknown(unknown.getMessage(), sets);
        }
        refuse(data, set);
        Source source = source(data, set, scriptFolder);
        return new DataSettings(
                set,
                data.value("folder").map(value -> folder(value, scriptFolder)).orElse(new Folder.Default()),
                data.choice("normalisation", source instanceof Tables ? Scaling.NONE : Scaling.UNIT),
                data.integer("padding", PADDING, 0),
                source);
    }

    private static Source source(Section data, String set, Path scriptFolder) {
        return switch (set) {
            case Digits.NAME ->
                new Drawing(
                        data.integer("train_size", SIZES, 6000),
                        data.integer("test_size", SIZES, 1000),
                        data.whole("seed", 1));
            case CsvData.NAME -> new Tables(CsvSection.read(data, scriptFolder));
            case ImageFolder.NAME -> new Images(ImagesSection.read(data, scriptFolder));
            default -> new Files(files(data));
        };
    }

    /** Refuses what has no meaning for the set. */
    private static void refuse(Section data, String set) {
        if (set.equals(Digits.NAME)) {
            data.refuseWhere(
                    "set", set, "folder", "has no meaning where set is %s, which are drawn, not read".formatted(set));
        }
        SETS_OF_KEY.asMap().forEach((key, sets) -> {
            if (!sets.contains(set)) {
                data.refuseWhere(
                        "set",
                        set,
                        key,
                        "applies only where set is %s, here it is %s (--set 'data={set: ...}' replaces the whole section)"
                                .formatted(String.join(" or ", sets), Complaint.quote(set)));
            }
        });
    }

    private static String files(Section data) {
        return data.value(FILES)
                .map(value -> value.text(NAME_START, "what names of files begin with, such as emnist-letters"))
                .orElse("");
    }

    private static Folder folder(Value value, Path scriptFolder) {
        return new Folder.Named(absolute(value, path(value), scriptFolder));
    }

    /** A relative path starts at the script's folder, or for an override (which has no lines) at the working directory. */
    static Path absolute(Value value, Path path, Path scriptFolder) {
        Path base = value.node().location().line() > 0 ? scriptFolder : Path.of("");
        return base.resolve(path).toAbsolutePath().normalize();
    }

    /** A path of a folder as written. */
    static Path path(Value value) {
        return path(value, "a folder");
    }

    /** One that is no text hides no other mistake, and is none of what would stand in its place. */
    private static String text(Value value, String wanted) {
        try {
            return value.text(NOT_BLANK, wanted);
        } catch (ScriptMistake mistake) {
            throw mistake.mendedBy(value.replacement("some"));
        }
    }

    /** A path as written. */
    static Path path(Value value, String wanted) {
        String text = text(value, wanted);
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw value.error(
                    "must be %s, got %s: %s".formatted(wanted, value.node().kind(), e.getReason()));
        }
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("set", set);
        if (folder instanceof Folder.Named named) {
            settings.put("folder", named.path().toString());
        }
        if (source instanceof Files files && !files.named().isEmpty()) {
            settings.put(FILES, files.named());
        }
        settings.put("normalisation", Section.word(scaling));
        if (imageSets().contains(set)) {
            settings.put("padding", padding);
        }
        if (source instanceof Drawing drawing) {
            settings.put("train_size", drawing.trainSize());
            settings.put("test_size", drawing.testSize());
            settings.put("seed", drawing.seed());
        } else if (source instanceof Tables tables) {
            settings.putAll(CsvSection.settings(tables.data()));
        } else if (source instanceof Images images) {
            settings.putAll(ImagesSection.settings(images.data()));
        }
        return settings;
    }
}
