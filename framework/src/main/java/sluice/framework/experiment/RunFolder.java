package sluice.framework.experiment;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import sluice.tasks.InputException;

/**
 * The folder that a run's files go to. It is claimed before any work is done, filled beside its place, and moved there
 * when everything is written: it appears whole or not at all.
 */
public final class RunFolder implements AutoCloseable {
    private final Path named;
    private final Path target;
    private final Path workshop;
    private final boolean overwrite;
    private final Thread cleaning = new Thread(this::deleteWorkshop, "run-folder-cleaning");

    private RunFolder(Path named, Path target, Path workshop, boolean overwrite) {
        this.named = named;
        this.target = target;
        this.workshop = workshop;
        this.overwrite = overwrite;
        Runtime.getRuntime().addShutdownHook(cleaning);
    }

    /**
     * Makes sure that the folder can be written.
     *
     * @param target where the files are to be
     * @param overwrite whether a run that is there already may be replaced
     * @return the claim; close it
     * @throws InputException if the folder is there and may not be replaced, or cannot be written
     */
    public static RunFolder claim(Path target, boolean overwrite) {
        Path absolute = target.toAbsolutePath().normalize();
        if (Files.exists(absolute)) {
            checkReplaceable(target, absolute, overwrite);
        }
        try {
            Path parent = absolute.getParent();
            if (parent == null) {
                throw new InputException("%s cannot be a run folder: name a folder below it".formatted(target));
            }
            Files.createDirectories(parent);
            Path workshop = parent.resolve(
                    "." + absolute.getFileName() + "." + ProcessHandle.current().pid());
            return new RunFolder(target, absolute, Files.createDirectory(workshop), overwrite);
        } catch (IOException failed) {
            throw new InputException(
                    "cannot write to output folder %s (%s): name another with --out"
                            .formatted(target, failed.getMessage()),
                    failed);
        }
    }

    /** Only a folder that a run wrote, or an empty one, is ever deleted. */
    private static void checkReplaceable(Path target, Path absolute, boolean overwrite) {
        if (!overwrite) {
            throw new InputException(
                    "output folder %s exists: add --overwrite to replace it, or name another with --out"
                            .formatted(target));
        }
        if (!Files.isDirectory(absolute) || !(isEmpty(absolute) || Files.exists(absolute.resolve(RunFiles.RUN)))) {
            throw new InputException(
                    "%s is no run folder (it has no %s), and is not overwritten: name another with --out"
                            .formatted(target, RunFiles.RUN));
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Writes the files of a run and moves the folder into place.
     *
     * @param outcome what came of the run
     * @return the files, in the folder as it was named
     * @throws InputException if they cannot be written
     */
    public List<Path> fill(Experiment.Outcome outcome) {
        List<String> names = RunFiles.write(outcome, workshop);
        try {
            if (overwrite && Files.exists(target)) {
                MoreFiles.deleteRecursively(target, RecursiveDeleteOption.ALLOW_INSECURE);
            }
            Files.move(workshop, target);
        } catch (IOException failed) {
            throw new InputException(
                    "cannot move the results to %s: %s".formatted(target, failed.getMessage()), failed);
        }
        return names.stream().map(named::resolve).toList();
    }

    /** Leaves nothing behind if the folder was not filled. */
    @Override
    public void close() {
        deleteWorkshop();
        try {
            Runtime.getRuntime().removeShutdownHook(cleaning);
        } catch (IllegalStateException stopping) {
            // the virtual machine is going down, and the hook has run or will
        }
    }

    private void deleteWorkshop() {
        try {
            if (Files.exists(workshop)) {
                MoreFiles.deleteRecursively(workshop, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException stays) {
            // an unfinished folder with a leading dot harms nobody, and there may be an error on its way already
        }
    }
}
