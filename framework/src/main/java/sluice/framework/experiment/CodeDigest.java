package sluice.framework.experiment;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import sluice.framework.predict.internal.kernel.PatchGrid;
import sluice.gating.Schedule;
import sluice.tasks.TaskSequence;

/**
 * What tells builds of Sluice apart, whose version stays the same while it is developed: all classes of the modules that
 * take part in a training, by name, size and checksum (CRC-32, which a jar lists). When and how they were packed makes no difference.
 */
final class CodeDigest {
    private static final String CLASS = ".class";

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
                Map<String, Content> classes = Files.isDirectory(place) ? ofFolder(place) : ofJar(place);
                classes.forEach((name, content) -> hasher.putString(name, StandardCharsets.UTF_8)
                        .putByte((byte) 0)
                        .putLong(content.bytes())
                        .putLong(content.checksum()));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return hasher.hash().toString();
    }

    private record Content(long bytes, long checksum) {}

    private static Map<String, Content> ofJar(Path file) throws IOException {
        Map<String, Content> classes = new TreeMap<>();
        try (ZipFile jar = new ZipFile(file.toFile())) {
            jar.stream()
                    .filter(entry -> entry.getName().endsWith(CLASS))
                    .forEach(entry -> classes.put(entry.getName(), new Content(entry.getSize(), entry.getCrc())));
        }
        return classes;
    }

    private static Map<String, Content> ofFolder(Path root) throws IOException {
        Map<String, Content> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(one -> one.toString().endsWith(CLASS)).toList()) {
                byte[] content = Files.readAllBytes(file);
                CRC32 checksum = new CRC32();
                checksum.update(content);
                classes.put(
                        root.relativize(file).toString().replace('\\', '/'),
                        new Content(content.length, checksum.getValue()));
            }
        }
        return classes;
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
