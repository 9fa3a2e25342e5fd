package sluice.framework.experiment;

import static sluice.evaluation.WholeFile.isTemporary;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import sluice.framework.checkpoint.Checkpoint;
import sluice.tasks.InputException;

/**
 * The checkpoints that a run's folder holds, written in turn, held against the run that is to go on.
 *
 * @param place where they are
 * @param identity of the run that is to go on
 * @param threads of it
 */
record StoredCheckpoints(CheckpointFolder place, RunIdentity identity, String threads) {
    /** Written in turn. */
    static final ImmutableList<String> NAMES = ImmutableList.of("checkpoint-1.sluice", "checkpoint-2.sluice");

    static final String NUMBER = "number";
    static final String IDENTITY = "identity";
    static final String THREADS = "threads";
    static final String JAVA = "java";

    /** Whether a folder holds nothing but checkpoints. */
    static boolean areAll(Path folder) {
        try (var files = Files.list(folder)) {
            List<Path> there = files.toList();
            return !there.isEmpty()
                    && there.stream()
                            // a process may have been killed while it wrote one
                            .allMatch(file -> NAMES.contains(file.getFileName().toString()) || isTemporary(file));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** The file that a checkpoint of a number is written to. */
    static String name(long number) {
        return NAMES.get(Math.floorMod(number, NAMES.size()));
    }

    /** The last one that is whole; a damaged one is told of. */
    Optional<Checkpoint> newest(Consumer<String> warnings) {
        return NAMES.stream()
                .map(place.folder()::resolve)
                .filter(Files::isRegularFile)
                .flatMap(file -> read(file, warnings).stream())
                .max(Comparator.comparingLong(StoredCheckpoints::number));
    }

    /** @throws InputException if there is one to go on from that is of another run */
    void check() {
        newest(damaged -> {})
                .map(this::misfit)
                .filter(misfit -> !misfit.isEmpty())
                .ifPresent(misfit -> {
                    throw refused(misfit);
                });
    }

    private static Optional<Checkpoint> read(Path file, Consumer<String> warnings) {
        try {
            return Optional.of(Checkpoint.load(file));
        } catch (InputException damaged) {
            warnings.accept("%s: the checkpoint before it is used, if there is one".formatted(damaged.getMessage()));
            return Optional.empty();
        }
    }

    /** Of checkpoints of one run, the later has the greater. */
    static long number(Checkpoint checkpoint) {
        try {
            return Long.parseLong(checkpoint.notes().getOrDefault(NUMBER, "0"));
        } catch (NumberFormatException foreign) {
            return 0;
        }
    }

    /** What differs so that it cannot be gone on from; empty if nothing does. */
    String misfit(Checkpoint checkpoint) {
        try {
            RunIdentity then = RunIdentity.noted(checkpoint.notes().getOrDefault(IDENTITY, ""));
            String differs = identity.apartFromMachine().differenceFrom(then.apartFromMachine());
            if (!differs.isEmpty()) {
                return differs;
            }
        } catch (IOException foreign) {
            return "another kind of run";
        }
        String then = checkpoint.notes().getOrDefault(THREADS, "");
        return then.equals(threads) || place.otherThreads()
                ? ""
                : "another number of threads (%s, now %s; --allow-other-threads goes on with other bits)"
                        .formatted(then, threads);
    }

    /** Tells of a machine on which bits may differ. */
    void tellOfMachine(Checkpoint checkpoint, Consumer<String> warnings) {
        List<String> others = new ArrayList<>();
        try {
            if (!RunIdentity.noted(checkpoint.notes().get(IDENTITY)).build().equals(identity.build())) {
                others.add("build of Sluice");
            }
        } catch (IOException read) {
            throw new UncheckedIOException(read);
        }
        if (!Runtime.version().toString().equals(checkpoint.notes().get(JAVA))) {
            others.add("Java");
        }
        if (!threads.equals(checkpoint.notes().get(THREADS))) {
            others.add("number of threads");
        }
        if (!others.isEmpty()) {
            warnings.accept("the checkpoint is of another %s: bits may differ from those of an undisturbed run"
                    .formatted(String.join(" and ", others)));
        }
    }

    /** Says so to the user. */
    InputException refused(String misfit) {
        return new InputException(
                "%s holds a checkpoint of %s: add --overwrite to start anew, or name another folder with --out"
                        .formatted(place.folder(), misfit));
    }
}
