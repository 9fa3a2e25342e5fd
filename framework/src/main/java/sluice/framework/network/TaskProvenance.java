package sluice.framework.network;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.tasks.InputEncoding;
import sluice.tasks.InputException;
import sluice.tasks.Printable;
import sluice.tasks.TargetScale;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.csv.TableEncoding;

/**
 * Keys of a network's provenance that are about one task: {@code task.NAME.WHAT}, where dots of the name are written as
 * {@code %2E} (and percent signs as {@code %25}), so that no key of a task begins like those of another.
 */
public final class TaskProvenance {
    private static final String TASK = "task.";

    /** The sequence that the task was learned in. */
    public static final String SEQUENCE = "sequence";

    /** The checksum of a file that its data came from, whose name follows. */
    public static final String CHECKSUM = "sha256.";

    /** The scale of the numbers that the task predicts. */
    public static final String TARGET = "target";

    private TaskProvenance() {}

    /** What all keys about a task begin with, and no others. */
    public static String prefix(String task) {
        return TASK + task.replace("%", "%25").replace(".", "%2E") + ".";
    }

    /**
     * {@return keys about a task: where it comes from}
     *
     * @param sequence that it is of
     * @param task one of its tasks
     */
    public static ImmutableMap<String, String> of(TaskSequence sequence, Task task) {
        String prefix = prefix(task.name());
        ImmutableMap.Builder<String, String> keys = ImmutableMap.builder();
        keys.put(prefix + SEQUENCE, sequence.name());
        sequence.checksums().forEach((file, sum) -> keys.put(prefix + CHECKSUM + file, sum));
        if (sequence.isNamed()) {
            List<String> names =
                    task.classes().stream().map(sequence::className).toList();
            keys.put(prefix + ClassNames.KEY, ClassNames.json(names));
        }
        task.train().scale().ifPresent(scale -> keys.put(prefix + TARGET, scale.json()));
        if (!sequence.encodings().isEmpty()) {
            InputEncoding encoding = sequence.encodings().get(sequence.names().indexOf(task.name()));
            keys.put(prefix + TableEncoding.KEY, encoding.json());
        }
        return keys.buildOrThrow();
    }

    /**
     * {@return keys about a task that a stream was found to have}
     *
     * @param sequence that the stream is made of
     * @param task with the name that it was given, and the classes of all
     */
    public static ImmutableMap<String, String> ofStream(TaskSequence sequence, Task task) {
        return of(sequence.withEncodings(ImmutableList.of()).withTasks(ImmutableList.of(task)), task);
    }

    /**
     * {@return the scale of the numbers that a task predicts; empty where it tells classes apart}
     *
     * @param provenance of a model
     * @param task its name
     * @throws InputException if it is something else
     */
    public static Optional<TargetScale> scale(Map<String, String> provenance, String task) {
        try {
            return Optional.ofNullable(provenance.get(prefix(task) + TARGET)).map(TargetScale::parse);
        } catch (IllegalArgumentException damaged) {
            throw new InputException(
                    "the model says of the numbers of task %s what no build writes: take its file as a run wrote it"
                            .formatted(Printable.quoted(task)),
                    damaged);
        }
    }

    /** Model files of formats up to 3 have names with their dots: their keys belong to the longest name that fits. */
    static ImmutableMap<String, String> ofEarlierFormats(Map<String, String> provenance, List<String> tasks) {
        ImmutableMap.Builder<String, String> keys = ImmutableMap.builder();
        provenance.forEach((key, value) -> keys.put(
                task(key, tasks).map(task -> prefix(task) + rest(key, task)).orElse(key), value));
        return keys.buildKeepingLast();
    }

    private static Optional<String> task(String key, List<String> tasks) {
        return tasks.stream()
                .filter(task -> key.startsWith(TASK + task + ".") && isKnown(rest(key, task)))
                .max(Comparator.comparingInt(String::length));
    }

    private static String rest(String key, String task) {
        return key.substring(TASK.length() + task.length() + 1);
    }

    private static boolean isKnown(String rest) {
        return rest.equals(SEQUENCE) || rest.equals(TableEncoding.KEY) || rest.startsWith(CHECKSUM);
    }
}
