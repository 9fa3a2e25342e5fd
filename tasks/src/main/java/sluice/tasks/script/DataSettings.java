package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Range;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.tasks.InputException;
import sluice.tasks.Normalisation;
import sluice.tasks.source.DataSets;

/**
 * Which data is learned. {@link ScriptReader} checks the ranges.
 *
 * @param set name of the data set; whoever loads data sets knows which there are
 * @param folder where its files are, absolute where named
 * @param scaling how raw pixels become inputs
 * @param drawing how digits are drawn; of meaning only where {@link #drawn}
 */
public record DataSettings(String set, Folder folder, Scaling scaling, Drawing drawing) {
    static final ImmutableList<String> KEYS =
            ImmutableList.of("set", "folder", "normalisation", "train_size", "test_size", "seed");
    private static final String DRAWN_SET = "digits";
    private static final ImmutableList<String> DRAWING_KEYS = ImmutableList.of("train_size", "test_size", "seed");
    private static final Range<Integer> SIZES = Range.closed(10, 1_000_000);

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

        /**
         * @return the same as a formula
         */
        public Normalisation normalisation() {
            return normalisation;
        }
    }

    /**
     * How digits are drawn.
     *
     * @param trainSize training examples, 10 to 1000000
     * @param testSize test examples, 10 to 1000000
     * @param seed seed of the drawing
     */
    public record Drawing(int trainSize, int testSize, long seed) {}

    /**
     * @return whether the examples are drawn, not read from files
     */
    public boolean drawn() {
        return set.equals(DRAWN_SET);
    }

    static DataSettings read(Section data, Path scriptFolder) {
        String set = data.required("set", "set: mnist").text();
        try {
            DataSets.named(set);
        } catch (InputException unknown) {
            throw data.required("set", "set: mnist").error(unknown.getMessage());
        }
        if (set.equals(DRAWN_SET)) {
            data.refuse("folder", "has no meaning where set is %s, which are drawn, not read".formatted(DRAWN_SET));
        } else {
            DRAWING_KEYS.forEach(key -> data.refuse(
                    key,
                    "applies only where set is %s, here it is %s (--set 'data={set: ...}' replaces the whole section)"
                            .formatted(DRAWN_SET, Complaint.quote(set))));
        }
        return new DataSettings(
                set,
                data.value("folder").map(value -> folder(value, scriptFolder)).orElse(new Folder.Usual()),
                data.choice("normalisation", Scaling.UNIT),
                new Drawing(
                        data.integer("train_size", SIZES, 6000),
                        data.integer("test_size", SIZES, 1000),
                        data.whole("seed", 1)));
    }

    /** A relative folder starts at the script's, or for an override (which has no lines) at the working directory. */
    private static Folder folder(Value value, Path scriptFolder) {
        Path base = value.node().location().line() > 0 ? scriptFolder : Path.of("");
        return new Folder.Named(base.resolve(path(value)).toAbsolutePath().normalize());
    }

    /** A path as written. */
    static Path path(Value value) {
        String text = value.text();
        if (text.isBlank()) {
            throw value.error("must be a folder, got nothing");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw value.error(
                    "must be a folder, got %s: %s".formatted(value.node().kind(), e.getReason()));
        }
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("set", set);
        if (folder instanceof Folder.Named named) {
            settings.put("folder", named.path().toString());
        }
        settings.put("normalisation", Section.word(scaling));
        if (drawn()) {
            settings.put("train_size", drawing.trainSize());
            settings.put("test_size", drawing.testSize());
            settings.put("seed", drawing.seed());
        }
        return settings;
    }
}
