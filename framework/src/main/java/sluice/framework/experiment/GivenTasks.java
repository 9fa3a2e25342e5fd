package sluice.framework.experiment;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sluice.tasks.Examples;
import sluice.tasks.Loaded;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.source.DataPlace;

/** Tasks that are there already. Wherever they came from, a digest of their examples says whether they are the same again. */
final class GivenTasks implements RunData {
    /** Among the checksums of files. */
    private static final String EXAMPLES = "examples";

    private final TaskSequence sequence;
    private final Supplier<TaskSequence> digested = Suppliers.memoize(this::withDigest);

    GivenTasks(TaskSequence sequence) {
        this.sequence = sequence;
    }

    @Override
    public Loaded load(DataPlace place) {
        return new Loaded.Tasks(digested.get());
    }

    @Override
    public TaskSequence tasks(Loaded loaded) {
        return ((Loaded.Tasks) loaded).sequence();
    }

    /** These very tasks. */
    @Override
    public Object key() {
        return this;
    }

    @Override
    public boolean namesTasks() {
        return false;
    }

    @Override
    public boolean drawn() {
        return false;
    }

    /** What is recorded of them, beside the checksums. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("set", sequence.name());
        settings.put(
                "tasks", sequence.tasks().stream().map(GivenTasks::settings).toList());
        return settings;
    }

    private static Map<String, Object> settings(Task task) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", task.name());
        settings.put("classes", task.classes());
        settings.put("train", task.train().size());
        settings.put("test", task.test().size());
        return settings;
    }

    private TaskSequence withDigest() {
        Hasher hasher = Hashing.sha256().newHasher();
        hasher.putUnencodedChars(sequence.normalisation().toString());
        for (Task task : sequence.tasks()) {
            List.of(task.train(), task.test()).forEach(examples -> put(examples, hasher));
        }
        return new TaskSequence(
                sequence.name(),
                sequence.tasks(),
                sequence.scenario(),
                sequence.normalisation(),
                ImmutableSortedMap.<String, String>naturalOrder()
                        .putAll(sequence.checksums())
                        .put(EXAMPLES, hasher.hash().toString())
                        .buildOrThrow(),
                sequence.shape(),
                sequence.encodings(),
                sequence.notes(),
                sequence.classNames(),
                sequence.leftOut());
    }

    private static void put(Examples examples, Hasher hasher) {
        float[] row = new float[examples.features()];
        for (int i = 0; i < examples.size(); i++) {
            examples.read(i, row);
            for (float value : row) {
                hasher.putFloat(value);
            }
            hasher.putInt(examples.label(i));
        }
        examples.scale().ifPresent(scale -> {
            hasher.putDouble(scale.mean()).putDouble(scale.deviation());
            for (double target : examples.targets()) {
                hasher.putDouble(target);
            }
        });
    }
}
