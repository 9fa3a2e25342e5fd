package sluice.framework.internal.kernel;

import com.google.common.base.StandardSystemProperty;
import com.google.common.base.Throwables;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The libraries of machine code that matrices are multiplied with cannot be loaded here: their folder is full, or on a file
 * system from which programs may not run, or the system lacks what they need. Nothing can be learned or predicted in this
 * process.
 */
public final class NativeLibraryException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String FOLDER = "org.bytedeco.javacpp.cachedir";

    NativeLibraryException(Throwable cause) {
        super(
                ("the native libraries cannot be loaded from %s (%s): SLUICE_JAVA_OPTS=-D%s=FOLDER names a folder with 500 MB"
                                + " of room from which programs may run; there must also be address space for them (ulimit -v),"
                                + " and on Linux glibc, which Alpine lacks")
                        .formatted(folder(), reason(cause), FOLDER),
                cause);
    }

    private static Path folder() {
        String given = System.getProperty(FOLDER);
        return given == null ? Path.of(StandardSystemProperty.USER_HOME.value(), ".javacpp", "cache") : Path.of(given);
    }

    /** The deepest cause that says something, without what it says of places. */
    private static String reason(Throwable cause) {
        List<String> messages = Throwables.getCausalChain(cause).stream()
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .toList();
        String deepest = messages.isEmpty() ? cause.toString() : messages.get(messages.size() - 1);
        return deepest.substring(deepest.lastIndexOf(": /") + 1).replaceFirst("^ ?/[^:]*: ", "");
    }
}
