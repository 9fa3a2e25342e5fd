package sluice.tasks.source;

import com.google.common.collect.ImmutableMap;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import sluice.tasks.InputException;

/**
 * What the surroundings of the process say of where data is kept, as a value: read once at the edge, by {@link
 * #ofThisProcess}.
 *
 * @param osName the operating system's name, as in the system property {@code os.name}
 * @param home the user's home folder
 * @param variables environment variables by name
 */
public record UserEnvironment(String osName, Path home, ImmutableMap<String, String> variables) {
    /** The environment variable that names the data folder. */
    public static final String DATA_VARIABLE = "SLUICE_DATA";

    /** {@return the surroundings of this process} */
    public static UserEnvironment ofThisProcess() {
        return new UserEnvironment(
                System.getProperty("os.name"),
                Path.of(System.getenv().getOrDefault("HOME", System.getProperty("user.home"))),
                ImmutableMap.copyOf(System.getenv()));
    }

    /**
     * {@return the folder that {@value #DATA_VARIABLE} names; empty where it is unset or blank}
     *
     * @throws InputException if it is no path
     */
    public Optional<Path> dataFolder() {
        return folder(DATA_VARIABLE);
    }

    /**
     * {@return Sluice's folder among the user's caches: in XDG_CACHE_HOME or ~/.cache on Linux, ~/Library/Caches on a
     * Mac, LOCALAPPDATA on Windows}
     *
     * @throws InputException if the variable that names it is no path
     */
    public Path cacheFolder() {
        return caches().resolve("sluice");
    }

    private Path caches() {
        if (osName.startsWith("Windows")) {
            return folder("LOCALAPPDATA").orElse(home.resolve("AppData").resolve("Local"));
        }
        if (osName.startsWith("Mac")) {
            return home.resolve("Library").resolve("Caches");
        }
        // The XDG base directory specification has relative paths ignored.
        return folder("XDG_CACHE_HOME").filter(Path::isAbsolute).orElse(home.resolve(".cache"));
    }

    private Optional<Path> folder(String variable) {
        return Optional.ofNullable(variables.get(variable))
                .filter(value -> !value.isBlank())
                .map(value -> path(variable, value));
    }

    private static Path path(String variable, String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new InputException("%s is no path (%s): correct or unset it".formatted(variable, e.getMessage()), e);
        }
    }
}
