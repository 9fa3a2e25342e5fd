package sluice.framework.checkpoint;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import sluice.framework.internal.state.Snapshot;

/**
 * All state of a training between two steps: parameters, moments of optimisers, gates, running state of estimators, streams of random
 * numbers, the order of examples, accounts, and results so far. A training of the same settings and data goes on from it with the same
 * bits. Immutable.
 *
 * @param notes what it is of, by what they say; whoever keeps it may add its own
 * @param snapshot the state
 */
public record Checkpoint(ImmutableMap<String, String> notes, Snapshot snapshot) {
    /** The task that is learned. */
    public static final String TASK = "task";

    /** Its place in the sequence, from 1. */
    public static final String POSITION = "position";

    /** Steps of the task that are done. */
    public static final String STEPS = "steps";

    /** Checks that both are there. */
    public Checkpoint {
        checkNotNull(notes, "notes");
        checkNotNull(snapshot, "snapshot");
    }

    /**
     * {@return the same with a note}
     *
     * @param key what the note is about; replaced if there
     * @param note the note
     */
    public Checkpoint with(String key, String note) {
        return new Checkpoint(
                ImmutableMap.<String, String>builder()
                        .putAll(notes)
                        .put(key, note)
                        .buildKeepingLast(),
                snapshot);
    }

    /**
     * {@return the same with more state}
     *
     * @param name of a part that it does not have
     * @param other the part
     */
    public Checkpoint with(String name, Snapshot other) {
        return new Checkpoint(notes, snapshot.with(name, other));
    }

    /** {@return steps of the task that are done} */
    public long steps() {
        return Long.parseLong(notes.getOrDefault(STEPS, "0"));
    }

    /** {@return where it was taken, in words} */
    public String place() {
        return "task %s (%s), after %s steps".formatted(notes.get(POSITION), notes.get(TASK), notes.get(STEPS));
    }

    /**
     * Writes it; it appears whole or not at all. Equal checkpoints give equal bytes.
     *
     * @param file where to; replaced if there
     * @throws sluice.tasks.InputException if it cannot be written
     */
    public void save(Path file) {
        CheckpointFile.write(this, file);
    }

    /**
     * {@return the checkpoint}
     *
     * @param file that {@link #save} wrote
     * @throws sluice.tasks.InputException if there is no such file, it is damaged, or of a newer format
     */
    public static Checkpoint load(Path file) {
        return CheckpointFile.read(file);
    }

    /**
     * {@return the notes of a checkpoint, whose state is neither read nor found whole}
     *
     * @param file that {@link #save} wrote
     * @throws sluice.tasks.InputException if there is no such file, it is of a newer format, or so much of it is damaged
     */
    public static ImmutableMap<String, String> notes(Path file) {
        return CheckpointFile.notes(file);
    }

    /**
     * {@return whether a file begins as one with a checkpoint does}
     *
     * @param file to be looked at
     * @throws sluice.tasks.InputException if it cannot be read
     */
    public static boolean isIn(Path file) {
        return CheckpointFile.isIn(file);
    }
}
