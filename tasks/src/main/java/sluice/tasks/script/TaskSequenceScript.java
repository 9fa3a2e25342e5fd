package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import sluice.tasks.DataSet;
import sluice.tasks.InputEncoding;
import sluice.tasks.InputException;
import sluice.tasks.Loaded;
import sluice.tasks.OutputMeaning;
import sluice.tasks.Printable;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/**
 * A task-sequence script: which data becomes which tasks, read and checked, and what is said beside of how a network learns
 * them.
 *
 * @param name what the sequence is called: ASCII letters, digits, {@code .}, {@code _} and {@code -}, beginning with a
 *     letter or digit
 * @param description one line, perhaps empty
 * @param data which data is learned
 * @param split how it becomes tasks; of meaning only where the data is not {@linkplain DataSettings#isDivided divided}
 *     already
 * @param scenario what is known of the task at test
 * @param seed seed of everything random but the drawing of data
 * @param threads threads that share a step, on which the bits of a result depend; of a comparison, threads in all
 * @param output folder for results as written, relative to the working directory
 * @param top the whole script, for the sections that are read where their values live
 * @param locations where each key was written
 */
public record TaskSequenceScript(
        String name,
        String description,
        DataSettings data,
        SplitSettings split,
        Scenario scenario,
        long seed,
        Threads threads,
        Folder output,
        Section top,
        Locations locations)
        implements Script {
    private static final String GENERATOR = "generator";

    /** What speaks of tasks, or of what learns them one after another. */
    private static final ImmutableList<String> NOT_OF_GENERATORS = ImmutableList.of(
            "split", "scenario", "strategy", "network", "gates", "inference", "stream", "selection", "tune", "report");

    /** Of the whole script, in the format's order; those that are not read here among them. */
    public static final ImmutableList<String> KEYS = ImmutableList.of(
            "name",
            "description",
            "data",
            "split",
            "scenario",
            "strategy",
            "network",
            "gates",
            "inference",
            "stream",
            GENERATOR,
            "training",
            "selection",
            "tune",
            "seed",
            "threads",
            "report",
            "checkpoint",
            "output",
            CompareSection.NAME);

    /** On which the data hang. */
    static final ImmutableList<String> SECTIONS_OF_DATA = ImmutableList.of("data", CompareSection.NAME);

    static final ImmutableList<String> OUTPUT_KEYS = ImmutableList.of("folder");

    /**
     * The script's data as tasks.
     *
     * @param data what {@code data} names
     * @return the tasks, named after the script
     * @throws InputException as {@link #tasks(DataSet)}, or if the data's values do not suffice for such tasks
     */
    public TaskSequence tasks(Loaded data) {
        if (data instanceof Loaded.Tasks loaded) {
            return inScenario(loaded.sequence().withName(name));
        }
        Loaded.OneSet set = (Loaded.OneSet) data;
        Loaded.Prepared prepared = set.prepared(tasks(set.dataSet()));
        return tasks(prepared.dataSet())
                .withEncodings(prepared.encodings())
                .withClassNames()
                .withNotes(prepared.notes());
    }

    /**
     * {@return how many tasks it makes}
     *
     * @param data what {@code data} names
     * @throws InputException if it cannot be split so
     */
    public int count(Loaded data) {
        TaskSequence tasks =
                data instanceof Loaded.Tasks loaded ? loaded.sequence() : split(((Loaded.OneSet) data).dataSet());
        return tasks.tasks().size();
    }

    /** {@return whether a network that generates is trained, so that there are no tasks} */
    public boolean isGenerator() {
        return top.value(GENERATOR).isPresent();
    }

    /**
     * The script's data as one set, for a network that generates.
     *
     * @param loaded what {@code data} names
     * @return the set, with all of its classes, encoded where it is a table
     * @throws InputException if the data is divided into tasks, or its values do not suffice
     */
    public DataSet whole(Loaded loaded) {
        if (!(loaded instanceof Loaded.OneSet set)) {
            throw error("data", "names several tasks, a generator learns one set: leave out tasks and task_column");
        }
        SplitSettings all = new SplitSettings.Permuted(1);
        DataSet labels = set.dataSet();
        return told(set.prepared(all.tasks(labels, data.scaling().normalisation(), seed)))
                .padded(data.padding());
    }

    /** What was encoded, with the names of classes and the notes that its encoding has. */
    private static DataSet told(Loaded.Prepared prepared) {
        DataSet encoded = prepared.dataSet();
        if (prepared.encodings().isEmpty()) {
            return encoded;
        }
        InputEncoding encoding = prepared.encodings().get(0);
        int[] labels = encoded.train().distinctLabels();
        boolean named = IntStream.of(labels)
                .anyMatch(label -> !encoding.className(label).equals(Integer.toString(label)));
        ImmutableList<String> names = named
                ? IntStream.rangeClosed(0, labels[labels.length - 1])
                        .mapToObj(encoding::className)
                        .collect(ImmutableList.toImmutableList())
                : ImmutableList.of();
        return encoded.told(names, prepared.notes());
    }

    /** {@return the dotted key that says how a data set is split} */
    public String splitKey() {
        return "split." + split.key();
    }

    /**
     * The script's data set as tasks.
     *
     * @param dataSet the data set that {@code data} names
     * @return the tasks, named after the script
     * @throws InputException at {@code file:line: key} if the data set cannot be split so, or becomes tasks that the
     *     scenario cannot have
     */
    public TaskSequence tasks(DataSet dataSet) {
        return inScenario(split(dataSet));
    }

    private TaskSequence inScenario(TaskSequence tasks) {
        if (tasks.isRegression()) {
            try {
                return TargetTasks.inScenario(tasks, scenario);
            } catch (IllegalArgumentException tooFar) {
                throw error("scenario", "%s: write task, or mend the data".formatted(tooFar.getMessage()));
            }
        }
        try {
            TaskSequence placed = tasks.withScenario(scenario);
            if ((placed.tasks().size() == 1 && scenario != Scenario.CLASS)
                    || OutputMeaning.of(placed) != OutputMeaning.LABEL) {
                placed.tasks().forEach(this::checkClasses);
            }
            return placed;
        } catch (InputException e) {
            throw error("scenario", e.getMessage());
        }
    }

    /** Who knows the task, or counts classes within it, learns nothing of one that has one. */
    private void checkClasses(Task task) {
        if (task.classes().size() == 1) {
            throw new InputException(
                    "task %s has one class, so that in scenario %s %s: give every task two or more (split), or write scenario: class"
                            .formatted(
                                    Printable.quoted(task.name()),
                                    Section.word(scenario),
                                    scenario == Scenario.TASK
                                            ? "every answer is right"
                                            : "there is nothing to tell apart in it"));
        }
    }

    private TaskSequence split(DataSet dataSet) {
        DataSet padded = dataSet.padded(data.padding());
        try {
            split.leftOut(padded, seed);
        } catch (InputException e) {
            throw error("split." + LeavingOut.KEY, e.getMessage());
        }
        try {
            TaskSequence tasks = split.tasks(padded, data.scaling().normalisation(), seed);
            return tasks.withName(name);
        } catch (InputException e) {
            throw error(splitKey(), e.getMessage());
        }
    }

    /**
     * {@return the same script with this number of threads}
     *
     * @param count threads that share a step, 1 to 256
     */
    public TaskSequenceScript withThreads(int count) {
        return new TaskSequenceScript(
                name, description, data, split, scenario, seed, new Threads.Given(count), output, top, locations);
    }

    /**
     * {@return an error to throw: {@code file:line: key: message}}
     *
     * @param key dotted key ({@code data.set}); it may be absent from the script
     * @param message what is wrong and what to do
     */
    public InputException error(String key, String message) {
        return locations.error(key, message);
    }

    /**
     * {@return one line to print: {@code file:line: key: message}}
     *
     * @param key dotted key ({@code data.set}); it may be absent from the script
     * @param message what to know of it
     */
    public String remark(String key, String message) {
        return Complaint.line(locations.of(key), key, message);
    }

    /**
     * The settings that are read here as resolved, defaults included, in the format's order: numbers, texts, lists and maps.
     *
     * @return a new map by key
     */
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("name", name);
        settings.put("description", description);
        settings.put("data", data.settings());
        if (!data.isDivided() && !isGenerator()) {
            settings.put("split", split.settings());
        }
        if (!isGenerator()) {
            settings.put("scenario", Section.word(scenario));
        }
        settings.put("seed", seed);
        if (threads instanceof Threads.Given given) {
            settings.put("threads", given.count());
        }
        if (output instanceof Folder.Named named) {
            settings.put("output", Map.of("folder", named.path().toString()));
        }
        return settings;
    }

    static TaskSequenceScript read(Node.Mapping tree, Questions questions, String defaultName, Path folder) {
        Section top = Section.of(new Value("", tree, questions), KEYS);
        DataSettings data = DataSettings.read(top.section("data", DataSettings.KEYS), folder);
        if (data.hasTarget()) {
            TargetTasks.check(top);
        }
        if (data.isDivided()) {
            top.refuse(
                    "split",
                    "has no meaning where data says itself which tasks there are (tasks, task_column, clusters): remove one");
        }
        for (String key : NOT_OF_GENERATORS) {
            refuseBesideGenerator(top, key);
        }
        return new TaskSequenceScript(
                name(top, defaultName),
                description(top),
                data,
                SplitSection.read(top.section("split", SplitSection.KEYS), top.choice("scenario", Scenario.TASK)),
                top.choice("scenario", Scenario.TASK),
                top.whole("seed", 1),
                top.value("threads").map(Threads.Given::read).orElse(new Threads.Default()),
                output(top),
                top,
                Locations.of(tree));
    }

    private static void refuseBesideGenerator(Section top, String key) {
        if (top.value(GENERATOR).isPresent()) {
            top.refuseBeside(
                    GENERATOR,
                    key,
                    "has no meaning beside generator, which learns no tasks one after another: remove one of the two");
        }
    }

    static String name(Section top, String defaultName) {
        return top.value("name").map(ScriptName::read).orElse(defaultName);
    }

    static String description(Section top) {
        return top.value("description").map(TaskSequenceScript::line).orElse("");
    }

    static Folder output(Section top) {
        return top.section("output", OUTPUT_KEYS)
                .value("folder")
                .<Folder>map(value -> new Folder.Named(DataSettings.path(value)))
                .orElse(new Folder.Default());
    }

    private static String line(Value value) {
        String line = value.text().strip();
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw value.error("must be one line of text");
        }
        return line;
    }
}
