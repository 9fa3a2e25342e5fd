package sluice.evaluation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files {@code .NAME.RANDOM.part} on their way to become a file NAME. Whoever writes one holds the operating system's lock on
 * it, which goes with the process however that ends: one that nobody has locked is what a killed process left.
 */
final class TemporaryFiles {
    private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.part", Pattern.DOTALL);
    private static final Pattern OWN = Pattern.compile("\\.(.+)\\.[0-9a-f]{16}\\.part", Pattern.DOTALL);

    /** After which a file counts as left where locks tell nothing: no such locks, or a name of an earlier version. */
    private static final Duration LEFT_AFTER = Duration.ofHours(1);

    /**
     * Names of those that this process is writing: where one process closes a file that it has open twice, POSIX takes away
     * its locks, so that they must not be opened again.
     */
    private static final Set<String> WRITING = ConcurrentHashMap.newKeySet();

    private TemporaryFiles() {}

    static Path beside(Path target, String random) {
        return target.resolveSibling("." + target.getFileName() + "." + random + ".part");
    }

    static boolean isTemporary(Path file) {
        return TEMPORARY.matcher(file.getFileName().toString()).matches();
    }

    /**
     * A temporary file under way.
     *
     * @param file where it is
     * @param lock an open channel, locked where the file system has locks
     * @param isLost whether it was deleted before it was locked
     */
    record Claim(Path file, FileChannel lock, boolean isLost) implements AutoCloseable {
        /** To write to, whatever interrupts the thread; when it is closed, the lock may be lost. */
        OutputStream open() throws IOException {
            return Files.newOutputStream(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        }

        /** Deletes the file unless it was moved. */
        @Override
        public void close() throws IOException {
            try (lock) {
                deleteQuietly(file);
            } finally {
                WRITING.remove(file.getFileName().toString());
            }
        }
    }

    /**
     * Makes a file and locks it.
     *
     * @throws IOException if it is there already, which is somebody else's then, or cannot be made
     */
    static Claim make(Path file) throws IOException {
        String name = file.getFileName().toString();
        WRITING.add(name);
        FileChannel lock = null;
        try {
            // made new or not at all, so that no link is followed
            lock = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            boolean isLocked = isLocked(lock);
            return new Claim(file, lock, !isLocked || !Files.exists(file, LinkOption.NOFOLLOW_LINKS));
        } finally {
            if (lock == null) {
                WRITING.remove(name);
            }
        }
    }

    /** Locks a file unless another process has; true also where the file system has no locks. */
    private static boolean isLocked(FileChannel channel) {
        try {
            return tryLock(channel);
        } catch (IOException noLocks) {
            return true;
        }
    }

    /** A byte behind any content: where locks are mandatory, it can be read all the same. */
    private static boolean tryLock(FileChannel channel) throws IOException {
        return channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
    }

    /** Deletes what killed writers of a file left beside it. */
    static void sweep(Path target) {
        String name = target.getFileName().toString();
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(
                target.getParent(), file -> isOf(file.getFileName().toString(), name))) {
            beside.forEach(TemporaryFiles::deleteLeft);
        } catch (IOException | DirectoryIteratorException unreadable) {
            // leftovers harm nobody; whether the folder can be written to is seen next
        }
    }

    private static boolean isOf(String file, String target) {
        Matcher own = OWN.matcher(file);
        return own.matches() ? own.group(1).equals(target) : file.equals("." + target + ".part");
    }

    static void deleteLeft(Path file) {
        try {
            if (isTemporary(file)
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && !WRITING.contains(file.getFileName().toString())) {
                if (OWN.matcher(file.getFileName().toString()).matches()) {
                    deleteUnlocked(file);
                } else if (isOld(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException stays) {
            // another user's, or gone: a leftover harms nobody
        }
    }

    private static void deleteUnlocked(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (isUnlocked(channel, file)) {
                // while it is locked: its writer, if it was only about to lock it, sees that it lost it
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isUnlocked(FileChannel channel, Path file) throws IOException {
        try {
            return tryLock(channel);
        } catch (OverlappingFileLockException here) {
            return false;
        } catch (IOException noLocks) {
            return isOld(file);
        }
    }

    private static boolean isOld(Path file) throws IOException {
        return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .isBefore(Instant.now().minus(LEFT_AFTER));
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // a leftover temporary file harms nobody, and there may be an error on its way already
        }
    }
}
