package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.tasks.InputException;
import sluice.tasks.Suggestion;

/**
 * Reads task-sequence scripts, from files or from those shipped with Sluice. They are checked as far as they speak of data and
 * tasks, and every key of the top level is known; what they say of learning is read by whoever knows what it means.
 */
public final class ScriptReader {
    private ScriptReader() {}

    /** Leaves the sections that are not read here to whoever knows them. */
    private static void leave(TaskSequenceScript script) {}

    /**
     * {@return the script, checked}
     *
     * @param file a script in YAML
     * @param overrides settings {@code key=value} in the order given, each in the place of the script's or default one;
     *     keys dotted, values in YAML ({@code network.hidden=[200, 200]}); a relative {@code data.folder} starts at the
     *     working directory, where the script's own starts at the script; in a comparison they hold for every variant,
     *     whatever it sets itself, and {@code seed} takes the place of all seeds
     * @throws InputException if the file cannot be read, is no such script, or an override is wrong
     */
    public static Script read(Path file, List<String> overrides) {
        return written(file).read(overrides, ScriptReader::leave).orThrow();
    }

    /**
     * {@return the script, checked}
     *
     * @param text a script in YAML
     * @param name of the script if it gives none, and in messages
     * @param folder where relative folders of data start
     * @param overrides settings {@code key=value} as in {@link #read(Path, List)}
     * @throws InputException if it is no such script, or an override is wrong
     */
    public static Script parse(String text, String name, Path folder, List<String> overrides) {
        return new Written(text, name, name, folder)
                .read(overrides, ScriptReader::leave)
                .orThrow();
    }

    /**
     * {@return the script, checked, while somebody listens}
     *
     * @param text a script in YAML
     * @param name of the script if it gives none, and in messages
     * @param questions who hears what is asked of its keys, here and later of its sections
     * @throws InputException if it is no such script
     */
    public static Script heard(String text, String name, Questions questions) {
        Written written = new Written(text, name, name, Path.of(""));
        Mending mending = new Mending();
        ScriptTree tree = new ScriptTree(
                written.top(mending), ImmutableList.of(), name, written.folder(), questions, ScriptReader::leave);
        return reading(tree, mending).orThrow();
    }

    /**
     * {@return the script, checked}
     *
     * @param name of a shipped script
     * @param overrides settings {@code key=value} as in {@link #read}
     * @throws InputException if no script of that name is shipped or an override is wrong
     */
    public static Script shipped(String name, List<String> overrides) {
        return written(name).read(overrides, ScriptReader::leave).orThrow();
    }

    /**
     * A script as users name it: the file of that name if there is one, or else the shipped script.
     *
     * @param fileOrName a path or a shipped script's name
     * @param overrides settings {@code key=value} as in {@link #read}
     * @return the script, checked
     * @throws InputException if it is neither, or its script or an override is wrong
     */
    public static Script named(String fileOrName, List<String> overrides) {
        return named(fileOrName, overrides, ScriptReader::leave).orThrow();
    }

    /**
     * A script as users name it, with the sections that are not read here: all mistakes at once.
     *
     * @param fileOrName a path or a shipped script's name
     * @param overrides settings {@code key=value} as in {@link #read}
     * @param sections reads the sections of one run that are not read here, and throws an {@link InputException} at the first
     *     mistake in them; it may be asked several times
     * @return the script, and what is wrong with it
     * @throws InputException if it is neither, is not YAML, or an override is none
     */
    public static ScriptReading named(
            String fileOrName, List<String> overrides, Consumer<TaskSequenceScript> sections) {
        Path file = file(fileOrName);
        boolean isFile = Files.exists(file) && !Files.isDirectory(file);
        boolean isFolder =
                Files.isDirectory(file) && !fileOrName.isBlank() && !ShippedScript.NAMES.contains(fileOrName);
        return (isFile || isFolder ? written(file) : written(fileOrName)).read(overrides, sections);
    }

    /** {@return the scripts shipped with Sluice, by name} */
    public static ImmutableList<ShippedScript> shippedScripts() {
        return ShippedScript.NAMES.stream().map(ShippedScript::named).collect(ImmutableList.toImmutableList());
    }

    private static Written written(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return new Written(ScriptText.of(file), file.toString(), ScriptName.of(file), folder == null ? file : folder);
    }

    private static Written written(String shipped) {
        if (!ShippedScript.NAMES.contains(shipped)) {
            throw new InputException(neither(shipped));
        }
        return new Written(ShippedScript.text(shipped), ShippedScript.source(shipped), shipped, Path.of(""));
    }

    /** A script's text, what messages call it, what it is called if it gives no name, and where relative folders start. */
    private record Written(String text, String source, String defaultName, Path folder) {
        ScriptReading read(List<String> overrides, Consumer<TaskSequenceScript> sections) {
            Mending mending = new Mending();
            ImmutableList<SetOption> options = overrides.stream()
                    .flatMap(option -> mending.attempt(() -> SetOption.parse(option)).stream())
                    .collect(ImmutableList.toImmutableList());
            ScriptTree tree = new ScriptTree(top(mending), options, defaultName, folder, Questions.UNHEARD, sections);
            return reading(tree, mending);
        }

        Node.Mapping top(Mending mending) {
            Node top = YamlTree.parse(text, line -> new Location(source, line), mending::tell);
            if (top instanceof Node.Scalar scalar && scalar.isNull()) {
                throw new InputException(source + ": is empty: a script needs at least data.set");
            }
            return new Value("", top, Questions.UNHEARD).mapping("a mapping of keys to values");
        }
    }

    private static ScriptReading reading(ScriptTree tree, Mending mending) {
        Optional<Script> script = tree.read(mending);
        return new ScriptReading(
                script,
                mending.mistakes(),
                script.isPresent() && !mending.isMistakenIn(TaskSequenceScript.SECTIONS_OF_DATA));
    }

    private static Path file(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new InputException("%s: is no path: %s".formatted(Complaint.quote(name), e.getReason()), e);
        }
    }

    static String neither(String name) {
        return "'%s' is neither a file nor a shipped script: %s".formatted(Complaint.quote(name), choice(name));
    }

    private static String choice(String name) {
        String shipped = "shipped are " + String.join(", ", ShippedScript.NAMES);
        return Suggestion.nearest(name, ShippedScript.NAMES)
                .map(nearest -> "did you mean '%s'? (%s)".formatted(nearest, shipped))
                .orElse(shipped);
    }
}
