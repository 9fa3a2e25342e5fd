package sluice.framework.experiment;

import static sluice.evaluation.WholeFile.isTemporary;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
        return lastFirst(warnings)
                .flatMap(file -> read(file, warnings).stream())
                .findFirst();
    }

    /** @throws InputException if there is one to go on from that is of another run */
    void check() {
        lastFirst(damaged -> {})
                .findFirst()
                .map(Checkpoint::notes)
                .map(this::misfit)
                .filter(misfit -> !misfit.isEmpty())
                .ifPresent(misfit -> {
                    throw refused(misfit);
                });
    }

    /** Files of them: no more than one has to be read. */
    private Stream<Path> lastFirst(Consumer<String> warnings) {
        Map<Path, Long> numbers = new HashMap<>();
        NAMES.stream()
                .map(place.folder()::resolve)
                .filter(Files::isRegularFile)
                .forEach(file -> unlessDamaged(() -> Checkpoint.notes(file), warnings)
                        .ifPresent(notes -> numbers.put(file, number(notes))));
        return numbers.keySet().stream()
                .sorted(Comparator.comparing(numbers::get).reversed());
    }

    private static Optional<Checkpoint> read(Path file, Consumer<String> warnings) {
        return unlessDamaged(() -> Checkpoint.load(file), warnings);
    }

    private static <T> Optional<T> unlessDamaged(Supplier<T> read, Consumer<String> warnings) {
        try {
            return Optional.of(read.get());
        } catch (InputException damaged) {
            warnings.accept("%s: the checkpoint before it is used, if there is one".formatted(damaged.getMessage()));
            return Optional.empty();
        }
    }

    /** Of checkpoints of one run, the later has the greater. */
    static long number(Map<String, String> notes) {
        try {
            return Long.parseLong(notes.getOrDefault(NUMBER, "0"));
        } catch (NumberFormatException foreign) {
            return 0;
        }
    }

    /** What differs so that it cannot be gone on from; empty if nothing does. */
    String misfit(Map<String, String> notes) {
        try {
            RunIdentity then = RunIdentity.noted(notes.getOrDefault(IDENTITY, ""));
            String differs = identity.apartFromMachine().differenceFrom(then.apartFromMachine());
            if (!differs.isEmpty()) {
                return differs;
            }
        } catch (IOException foreign) {
            return "another kind of run";
        }
        String then = notes.getOrDefault(THREADS, "");
        return then.equals(threads) || place.otherThreads()
                ? ""
                : "another number of threads (%s, now %s; --allow-other-threads goes on with other bits)"
                        .formatted(then, threads);
    }

    /** Tells of a machine on which bits may differ. */
    void tellOfMachine(Map<String, String> notes, Consumer<String> warnings) {
        List<String> others = new ArrayList<>();
        try {
            if (!RunIdentity.noted(notes.get(IDENTITY)).build().equals(identity.build())) {
                others.add("build of Sluice");
            }
        } catch (IOException read) {
            throw new UncheckedIOException(read);
        }
        if (!Runtime.version().toString().equals(notes.get(JAVA))) {
            others.add("Java");
        }
        if (!threads.equals(notes.get(THREADS))) {
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
