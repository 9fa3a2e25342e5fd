package sluice.framework.experiment;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import sluice.tasks.InputException;

/**
 * The folder that a run's files go to. It is claimed, by a lock, before any work is done, filled in a workshop folder
 * beside its place, and moved there when everything is written: it appears whole or not at all. A run that it replaces
 * is gone only when the new one is in place.
 */
public final class RunFolder implements AutoCloseable {
    private static final String LOCK = ".lock";

    private final Path named;
    private final Path target;
    private final Path firstMade;
    private final Path workshop;
    private final FileChannel lock;
    private final Thread cleaning = new Thread(this::deleteUnfinished, "run-folder-cleaning");
    private boolean written;

    private RunFolder(Path named, Path target, Path firstMade, Path workshop, FileChannel lock) {
        this.named = named;
        this.target = target;
        this.firstMade = firstMade;
        this.workshop = workshop;
        this.lock = lock;
        Runtime.getRuntime().addShutdownHook(cleaning);
    }

    /**
     * Makes sure that the folder can be written, and that no other run is writing it.
     *
     * @param named where the files are to be
     * @param overwrite whether a run that is there already may be replaced
     * @return the claim; close it
     * @throws InputException if the folder is there and may not be replaced, cannot be written, or is being written
     */
    public static RunFolder claim(Path named, boolean overwrite) {
        Path target = named.toAbsolutePath().normalize();
        if (named.toString().isBlank() || target.getParent() == null) {
            throw new InputException("'%s' cannot be a run folder: name one with --out".formatted(named));
        }
        checkReplaceable(named, target, overwrite);
        Path workshop = beside(target, "part");
        try {
            Path firstMade = firstMissing(target);
            Files.createDirectories(workshop);
            return new RunFolder(named, target, firstMade, workshop, lock(named, workshop));
        } catch (IOException failed) {
            throw new InputException(
                    "cannot write to output folder %s (%s): name another with --out"
                            .formatted(named, failed.getMessage()),
                    failed);
        }
    }

    private static Path beside(Path target, String suffix) {
        return target.resolveSibling("." + target.getFileName() + "." + suffix);
    }

    /** The topmost folder on the way to the target that is not there yet; the target itself if its parent is. */
    private static Path firstMissing(Path target) {
        Path missing = target;
        while (!Files.exists(missing.getParent())) {
            missing = missing.getParent();
        }
        return missing;
    }

    /** Locked by the operating system, so that a killed run blocks nobody. */
    private static FileChannel lock(Path named, Path workshop) throws IOException {
        FileChannel channel =
                FileChannel.open(workshop.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException here) {
            // held by this process
        }
        channel.close();
        throw new InputException(
                "another run is writing to %s: wait for it, or name another folder with --out".formatted(named));
    }

    /** Only an empty folder, or one that holds nothing but a run's files, is ever replaced. */
    private static void checkReplaceable(Path named, Path target, boolean overwrite) {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new InputException("output folder %s is a file or a link: name another with --out".formatted(named));
        }
        try (Stream<Path> files = Files.list(target)) {
            List<Path> there = files.toList();
            there.stream().filter(file -> !isRunFile(file)).findAny().ifPresent(foreign -> {
                throw new InputException("output folder %s holds %s, which no run wrote: name another with --out"
                        .formatted(named, foreign.getFileName()));
            });
            if (!there.isEmpty() && !overwrite) {
                throw new InputException(
                        "output folder %s holds a run: add --overwrite to replace it, or name another with --out"
                                .formatted(named));
            }
        } catch (IOException unreadable) {
            throw new InputException(
                    "cannot read output folder %s (%s): name another with --out"
                            .formatted(named, unreadable.getMessage()),
                    unreadable);
        }
    }

    private static boolean isRunFile(Path file) {
        return Files.isRegularFile(file)
                && RunFiles.NAMES.contains(file.getFileName().toString());
    }

    /**
     * Writes the files of a run and moves the folder into place.
     *
     * @param outcome what came of the run
     * @return the files, in the folder as it was named
     * @throws InputException if they cannot be written or moved; if they were written, the message says where they are
     */
    public List<Path> fill(Experiment.Outcome outcome) {
        RunFiles.write(outcome, workshop);
        written = true;
        Path old = beside(target, "old");
        try {
            Files.delete(workshop.resolve(LOCK));
            if (Files.exists(target)) {
                delete(old);
                Files.move(target, old);
            }
            Files.move(workshop, target);
            delete(old);
        } catch (IOException failed) {
            throw new InputException(
                    "cannot move the results to %s (%s): they are complete in %s"
                            .formatted(named, failed.getMessage(), workshop),
                    failed);
        }
        return RunFiles.NAMES.stream().map(named::resolve).toList();
    }

    /** Leaves nothing behind if the folder was not filled. */
    @Override
    public void close() {
        deleteUnfinished();
        try {
            Runtime.getRuntime().removeShutdownHook(cleaning);
        } catch (IllegalStateException stopping) {
            // the virtual machine is going down, and the hook has run or will
        }
    }

    private void deleteUnfinished() {
        try {
            lock.close();
            if (!written) {
                delete(workshop);
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
