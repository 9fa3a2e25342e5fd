package sluice.framework.experiment;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import sluice.evaluation.DisplacedFolder;
import sluice.evaluation.WholeFile;
import sluice.tasks.InputException;

/**
 * The right to write one folder, held by a lock in a workshop folder beside it. What is to come into the folder is made
 * in the workshop, which is gone when the claim is closed or the virtual machine stops.
 */
final class FolderClaim implements AutoCloseable {
    private static final String LOCK = ".lock";
    private static final int ATTEMPTS = 1000;
    /** Of the files that a comparison's folder holds: those of its runs lie one deeper, charts another. */
    private static final int DEPTH = 3;

    private final Path named;
    private final Path target;
    private final Path firstMade;
    private final Path workshop;
    private final FileChannel lock;
    private final Thread cleaning = new Thread(this::clean, "run-folder-cleaning");
    private boolean kept;

    private FolderClaim(Path named, Path target, Path firstMade, Path workshop, FileChannel lock) {
        this.named = named;
        this.target = target;
        this.firstMade = firstMade;
        this.workshop = workshop;
        this.lock = lock;
        Runtime.getRuntime().addShutdownHook(cleaning);
    }

    /**
     * What may be in a folder that is replaced.
     *
     * @param maker what makes such folders: run, comparison
     * @param own whether it made a file
     * @param unfinished whether a folder of its files may be replaced unasked
     */
    record Contents(String maker, Predicate<Path> own, Predicate<Path> unfinished) {}

    /**
     * Makes sure that the folder can be written, and that nobody else is writing it.
     *
     * @throws InputException if the folder is there and may not be replaced, cannot be written, or is being written
     */
    static FolderClaim of(Path named, boolean overwrite, Contents contents) {
        Path target = named.toAbsolutePath().normalize();
        if (named.toString().isBlank() || target.getParent() == null) {
            throw new InputException("'%s' cannot be a run folder: name one with --out".formatted(named));
        }
        Path workshop = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            Path firstMade = firstMissing(target);
            FolderClaim claim = new FolderClaim(named, target, firstMade, workshop, lock(named, workshop));
            try {
                // not before: whoever holds the claim may be putting something there
                claim.restore();
                checkReplaceable(named, target, overwrite, contents);
                claim.sweep();
                return claim;
            } catch (IOException | RuntimeException refused) {
                claim.close();
                throw refused;
            }
        } catch (IOException failed) {
            throw new InputException(
                    "cannot write to output folder %s (%s): name another with --out"
                            .formatted(named, failed.getMessage()),
                    failed);
        }
    }

    /** Ends what a process was at that was killed between taking old results away and putting new ones in their place. */
    private void restore() throws IOException {
        Path old = DisplacedFolder.of(target);
        if (Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS)) {
            if (isTaken()) {
                delete(old);
            } else {
                Files.deleteIfExists(target);
                Files.move(old, target);
            }
        }
    }

    /** Deletes what killed processes left of files. */
    private void sweep() throws IOException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> files = Files.walk(target, DEPTH)) {
                files.toList().forEach(WholeFile::deleteLeft);
            }
        }
    }

    /** The topmost folder on the way to the target that is not there yet; the target itself if its parent is. */
    private static Path firstMissing(Path target) {
        Path missing = target;
        while (!Files.exists(missing.getParent())) {
            missing = missing.getParent();
        }
        return missing;
    }

    /**
     * Locked by the operating system, so that a killed run blocks nobody. Whoever held the lock before may have deleted the
     * file meanwhile: what is locked must be what is there.
     */
    private static FileChannel lock(Path named, Path workshop) throws IOException {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Files.createDirectories(workshop);
                Optional<FileChannel> locked = tryLock(named, workshop.resolve(LOCK));
                if (locked.isPresent()) {
                    return locked.get();
                }
            } catch (NoSuchFileException | FileAlreadyExistsException deletedMeanwhile) {
                last = deletedMeanwhile;
            }
        }
        throw last == null ? new IOException(workshop + " is deleted again and again") : last;
    }

    /**
     * The locked file, or nothing if it was deleted meanwhile. It must not be opened a second time: where one process closes
     * a file that it has open twice, POSIX takes away its locks.
     */
    private static Optional<FileChannel> tryLock(Path named, Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        Object before = key(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        boolean kept = false;
        try {
            Object opened = key(file);
            if (channel.tryLock() == null) {
                throw busy(named);
            }
            kept = Objects.equals(before, opened) && Objects.equals(opened, key(file));
            return kept ? Optional.of(channel) : Optional.empty();
        } catch (OverlappingFileLockException here) {
            throw busy(named);
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    private static InputException busy(Path named) {
        return new InputException(
                "another run is writing to %s: wait for it, or name another folder with --out".formatted(named));
    }

    /** What tells a file from others that had its name, without opening it; null where the system has no such thing. */
    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Only an empty folder, or one that holds nothing but files of the same maker, is ever replaced. */
    private static void checkReplaceable(Path named, Path target, boolean overwrite, Contents contents) {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new InputException("output folder %s is a file or a link: name another with --out".formatted(named));
        }
        try (Stream<Path> files = Files.list(target)) {
            List<Path> there = files.toList();
            there.stream().filter(contents.own().negate()).findAny().ifPresent(foreign -> {
                throw new InputException("output folder %s holds %s, which no %s wrote: name another with --out"
                        .formatted(named, foreign.getFileName(), contents.maker()));
            });
            if (!there.isEmpty() && !overwrite && !contents.unfinished().test(target)) {
                throw new InputException(
                        "output folder %s holds a %s: add --overwrite to replace it, or name another with --out"
                                .formatted(named, contents.maker()));
            }
        } catch (IOException unreadable) {
            throw new InputException(
                    "cannot read output folder %s (%s): name another with --out"
                            .formatted(named, unreadable.getMessage()),
                    unreadable);
        }
    }

    /** The folder as the user named it. */
    Path named() {
        return named;
    }

    /** Whether there is something in the place already. */
    boolean isTaken() {
        String[] files = target.toFile().list();
        return files != null && files.length > 0;
    }

    /** A new folder in the workshop. */
    Path room(String name) {
        Path room = workshop.resolve(name);
        try {
            delete(room);
            return Files.createDirectory(room);
        } catch (IOException failed) {
            throw new InputException(
                    "cannot write to output folder %s (%s): name another with --out"
                            .formatted(named, failed.getMessage()),
                    failed);
        }
    }

    /** Moves a finished folder into the target's place; what was there is gone only when it is in place. */
    synchronized void put(Path finished) {
        checkHeld();
        try {
            Path old = DisplacedFolder.of(target);
            if (Files.exists(target)) {
                delete(old);
                Files.move(target, old);
            }
            Files.move(finished, target);
            delete(old);
        } catch (IOException failed) {
            throw stuck(finished, failed);
        }
    }

    /** Where the virtual machine is going down, what was made is gone already. */
    private void checkHeld() {
        if (!lock.isOpen()) {
            throw new InputException(
                    "the process was stopped before its results were moved to %s: run it again".formatted(named));
        }
    }

    /** Moves a finished folder into the target, which is in place already. */
    synchronized void putInside(Path finished) {
        checkHeld();
        try {
            Files.move(finished, target.resolve(finished.getFileName()));
        } catch (IOException failed) {
            throw stuck(finished, failed);
        }
    }

    private InputException stuck(Path finished, IOException failed) {
        kept = true;
        try {
            restore();
        } catch (IOException stays) {
            failed.addSuppressed(stays);
        }
        return new InputException(
                "cannot move the results to %s (%s): they are complete in %s"
                        .formatted(named, failed.getMessage(), finished),
                failed);
    }

    /** Leaves nothing behind but what was put in its place. */
    @Override
    public void close() {
        clean();
        try {
            Runtime.getRuntime().removeShutdownHook(cleaning);
        } catch (IllegalStateException stopping) {
            // the virtual machine is going down, and the hook has run or will
        }
    }

    /** The lock is let go of last: until then nobody else makes anything in the workshop. */
    private synchronized void clean() {
        try (lock) {
            if (!kept && lock.isOpen()) {
                try (Stream<Path> files = Files.list(workshop)) {
                    for (Path room : files.filter(each -> !each.endsWith(LOCK)).toList()) {
                        delete(room);
                    }
                }
                Files.deleteIfExists(workshop.resolve(LOCK));
                Files.deleteIfExists(workshop);
                deleteEmptyParents();
            }
        } catch (IOException stays) {
            // an unfinished folder with a leading dot harms nobody, and there may be an error on its way already
        }
    }

    private void deleteEmptyParents() throws IOException {
        for (Path folder = target.getParent(); folder.startsWith(firstMade); folder = folder.getParent()) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }
}
