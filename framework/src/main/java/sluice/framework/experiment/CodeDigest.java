package sluice.framework.experiment;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import sluice.framework.predict.internal.kernel.PatchGrid;
import sluice.gating.Schedule;
import sluice.tasks.TaskSequence;

/**
 * What tells builds of Sluice apart, whose version stays the same while it is developed: all classes of the modules that
 * take part in a training, by name and content. When and how they were packed makes no difference.
 */
final class CodeDigest {
    private static final Supplier<String> OF_THIS_PROCESS =
            Suppliers.memoize(() -> of(Stream.of(CodeDigest.class, PatchGrid.class, Schedule.class, TaskSequence.class)
                    .map(CodeDigest::place)
                    .toList()));

    private CodeDigest() {}

    /** The digest of the code that runs, looked at once. */
    static String ofThisProcess() {
        return OF_THIS_PROCESS.get();
    }

    /**
     * {@return SHA-256 (hex) of their classes}
     *
     * @param places folders of classes, or jars
     */
    static String of(List<Path> places) {
        Hasher hasher = Hashing.sha256().newHasher();
        try {
            for (Path place : places) {
                if (Files.isDirectory(place)) {
                    addClasses(place, hasher);
                } else {
                    try (FileSystem jar = FileSystems.newFileSystem(place)) {
                        addClasses(jar.getPath("/"), hasher);
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return hasher.hash().toString();
    }

    private static void addClasses(Path root, Hasher hasher) throws IOException {
        Map<String, Path> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .forEach(
                            file -> classes.put(root.relativize(file).toString().replace('\\', '/'), file));
        }
        for (Map.Entry<String, Path> entry : classes.entrySet()) {
            byte[] content = Files.readAllBytes(entry.getValue());
            hasher.putString(entry.getKey(), StandardCharsets.UTF_8)
                    .putByte((byte) 0)
                    .putInt(content.length)
                    .putBytes(content);
        }
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
