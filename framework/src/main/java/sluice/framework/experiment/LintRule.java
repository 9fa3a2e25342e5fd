package sluice.framework.experiment;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.framework.ContinualTrainer;
import sluice.framework.strategy.Strategies;
import sluice.tasks.Examples;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;
import sluice.tasks.script.NetworkSettings;
import sluice.tasks.script.ScheduleSettings;
import sluice.tasks.script.TaskSequenceScript;

/** The surprises that {@link Lint} knows. */
enum LintRule {
    /** Parameters are held, but nothing says that the outputs of earlier classes should ever win again. */
    LAST_TASK_ALONE {
        private static final ImmutableSet<String> STRATEGIES =
                ImmutableSet.of("fine-tuning", "frozen-features", "ewc", "online-ewc", "si", "mas");

        @Override
        Stream<Lint.Warning> warnings(TaskSequenceScript script, TaskSequence sequence) {
            String name = script.strategy().name();
            int tasks = sequence.tasks().size();
            return when(
                    STRATEGIES.contains(name) && tellsClassesOfTasksApart(sequence),
                    "strategy",
                    "%s in scenario class ends near 1/T, about %.2f with %d tasks, as every example is taken for one of the last task's classes: choose one that stores examples, such as icarl or er, or expect it",
                    name,
                    1.0 / tasks,
                    tasks);
        }
    },

    /** Van de Ven and Tolias 2019, table 4. */
    DISTILLATION_ALONE {
        @Override
        Stream<Lint.Warning> warnings(TaskSequenceScript script, TaskSequence sequence) {
            int tasks = sequence.tasks().size();
            return when(
                    script.strategy().name().equals("lwf") && tellsClassesOfTasksApart(sequence),
                    "strategy",
                    "lwf in scenario class ends little above 1/T, which is %.2f with %d tasks (published for split MNIST: 0.24 with 5): choose one that stores examples, such as icarl or er, or expect it",
                    1.0 / tasks,
                    tasks);
        }
    },

    /**
     * Labels are counted from 0 within each task. Where tasks share no class that is what they are made for: split MNIST by
     * van de Ven and Tolias 2019 asks whether a digit is its task's first or second. Where they share one, it ought to have
     * one output.
     */
    SHARED_OUTPUTS {
        @Override
        Stream<Lint.Warning> warnings(TaskSequenceScript script, TaskSequence sequence) {
            if (sequence.scenario() != Scenario.DOMAIN) {
                return Stream.empty();
            }
            Map<Integer, Task> first = new HashMap<>();
            for (Task task : sequence.tasks()) {
                for (int label : task.classes()) {
                    Task before = first.putIfAbsent(label, task);
                    if (before != null && output(before, label) != output(task, label)) {
                        return Stream.of(warning(
                                "scenario",
                                "class %d has output %d in task %s and output %d in task %s, as scenario domain counts classes within each task: give all tasks the same classes, or write scenario: task or scenario: class",
                                label,
                                output(before, label),
                                before.name(),
                                output(task, label),
                                task.name()));
                    }
                }
            }
            return Stream.empty();
        }

        private int output(Task task, int label) {
            return task.classes().indexOf(label);
        }
    },

    /** Whoever named the tasks of a table row by row, or file by file, may know them at test as well. */
    TASKS_NAMED_HEAD_SHARED {
        @Override
        Stream<Lint.Warning> warnings(TaskSequenceScript script, TaskSequence sequence) {
            return when(
                    script.data().isDivided()
                            && sequence.scenario() == Scenario.DOMAIN
                            && sequence.tasks().size() > 1
                            && SHARED_OUTPUTS
                                    .warnings(script, sequence)
                                    .findAny()
                                    .isEmpty(),
                    "scenario",
                    "the data says of every example which task it is of, but domain shares one head among all tasks: where the task is known at test too, scenario: task gives each a head of its own");
        }
    },

    /** Then nothing is known of new examples. */
    TESTED_ON_TRAINING {
        @Override
        Stream<Lint.Warning> warnings(TaskSequenceScript script, TaskSequence sequence) {
            List<String> tasks = sequence.tasks().stream()
                    .filter(task -> same(task.train(), task.test()))
                    .map(Task::name)
                    .toList();
            return when(
                    !tasks.isEmpty(),
                    "data",
                    "%s tested on exactly the examples of training, so that accuracy says nothing of new ones: give test examples of their own",
                    list(tasks) + (tasks.size() == 1 ? " is" : " are"));
        }

        private boolean same(Examples train, Examples test) {
            if (train.size() != test.size()) {
                return false;
            }
            float[] trained = new float[train.features()];
            float[] tested = new float[test.features()];
            return IntStream.range(0, train.size()).allMatch(i -> {
                train.read(i, trained);
                test.read(i, tested);
                return train.label(i) == test.label(i) && Arrays.equals(trained, tested);
            });
        }
    },

    /** A step takes what there is. */
    BATCH_ABOVE_TASK {
        @Override
        Stream<Lint.Warning> warnings(TaskSequenceScript script, TaskSequence sequence) {
            int batch = script.training().batchSize();
            List<Task> small = sequence.tasks().stream()
                    .filter(task -> task.train().size() < batch)
                    .toList();
            OptionalInt least =
                    small.stream().mapToInt(task -> task.train().size()).min();
            return when(
                    least.isPresent() && !script.strategy().name().equals("joint") && !isTaskless(script),
                    "training.batch_size",
                    "%d is more than the training examples of %s (%s%d), so that an epoch there is a single step: make it smaller",
                    batch,
                    list(small.stream().map(Task::name).toList()),
                    small.size() == 1 ? "" : "at least ",
                    least.orElse(0));
        }
    },

    /** The section is read whatever the strategy. */
    NO_GATES {
        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            return key.startsWith("gates.") && !script.strategy().name().equals(ContinualTrainer.STRATEGY);
        }

        @Override
        Stream<Lint.Warning> nothing(List<String> keys) {
            return nothing("gates", keys, " unless strategy is gates: remove %s, or write strategy: gates");
        }
    },

    /** The section is read whatever the strategy and the scenario. */
    NO_INFERENCE {
        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            return key.startsWith("inference.") && !isTaskless(script);
        }

        @Override
        Stream<Lint.Warning> nothing(List<String> keys) {
            return nothing(
                    "inference",
                    keys,
                    " unless strategy is gates and scenario class or domain: remove %s, or write scenario: class");
        }
    },

    /** Features are drawn and sums taken: there are no hidden layers, and their gates are charged in another currency. */
    NO_NETWORK {
        private static final ImmutableSet<String> OF_UNITS =
                ImmutableSet.of("gates.sparsity", "gates.budget", "gates.reuse", "gates.reuse_price", "gates.groups");

        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            boolean ofNetwork = key.startsWith("network.") || key.startsWith("training.");
            return isTaskless(script)
                    && script.inference().subnetworks() == 0
                    && (OF_UNITS.contains(key)
                            || (ofNetwork && script.report().references().isEmpty()));
        }

        @Override
        Stream<Lint.Warning> nothing(List<String> keys) {
            return Stream.of("gates", "network", "training")
                    .flatMap(
                            section -> nothing(
                                    section,
                                    keys.stream()
                                            .filter(key -> key.startsWith(section + "."))
                                            .toList(),
                                    ", as without the task strategy gates takes sums over random features and trains no network: remove %s, and set up the section inference"));
        }
    },

    /** The network of other strategies has the width that it was created with. */
    NO_GROWTH {
        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            return ignoresWithoutGates(script, key, "network.growth");
        }

        @Override
        Stream<Lint.Warning> nothing(List<String> keys) {
            return nothing(
                    "network",
                    keys,
                    ", as only strategy gates widens its network: remove %s, or write strategy: gates");
        }
    },

    /** Other strategies are evaluated on every task after every task. */
    EVALUATED_ANYWAY {
        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            return ignoresWithoutGates(script, key, "report.evaluate");
        }

        @Override
        Stream<Lint.Warning> nothing(List<String> keys) {
            return nothing(
                    "report",
                    keys,
                    ", as only strategy gates can be evaluated on fewer tasks: remove %s, or write strategy: gates");
        }
    },

    /** Whatever has no steps in which one task could harm another, or is another learner altogether. */
    NOTHING_BETWEEN_STEPS {
        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            boolean atOnce = script.strategy().name().equals("joint")
                    || isTaskless(script)
                    || script.network().units() == NetworkSettings.Units.BINARY;
            return atOnce && key.startsWith("report.continual");
        }

        @Override
        Stream<Lint.Warning> nothing(List<String> keys) {
            return nothing("report", keys, ", as tasks are not learned step by step, one after another: remove %s");
        }
    },

    /** Serra et al. train by gradient descent alone. References are trained as the script says, whatever the strategy. */
    LEARNING_RATE_OF_ITS_OWN {
        private static final ImmutableSet<String> HONOURED =
                ImmutableSet.of("training.epochs", "training.iterations", "training.batch_size");

        @Override
        boolean ignores(TaskSequenceScript script, String key) {
            return key.startsWith("training.")
                    && !HONOURED.contains(key)
                    && script.strategy().name().equals("hat")
                    && script.report().references().isEmpty();
        }

        @Override
        Stream<Lint.Warning> nothing(List<String> keys) {
            return nothing(
                    "training",
                    keys,
                    ", as strategy hat learns by plain gradient descent at a rate of its own: remove %s, or write strategy: {hat: {learning_rate: 0.05}}");
        }
    },

    /** What is not stored is not replayed. */
    MEMORY_BELOW_CLASSES {
        @Override
        Stream<Lint.Warning> warnings(TaskSequenceScript script, TaskSequence sequence) {
            OptionalInt memory = memory(script, sequence);
            int classes = sequence.tasks().stream()
                    .mapToInt(task -> task.classes().size())
                    .sum();
            return when(
                    memory.isPresent() && memory.getAsInt() < classes,
                    memoryKey(script),
                    "%d is fewer than the %d classes of all tasks, so that some are never replayed: make it larger",
                    memory.orElse(0),
                    classes);
        }
    },

    /** Then nothing is left that could be forgotten. */
    MEMORY_ABOVE_DATA {
        @Override
        Stream<Lint.Warning> warnings(TaskSequenceScript script, TaskSequence sequence) {
            OptionalInt memory = memory(script, sequence);
            int examples = sequence.tasks().stream()
                    .mapToInt(task -> task.train().size())
                    .sum();
            return when(
                    memory.isPresent() && memory.getAsInt() > examples,
                    memoryKey(script),
                    "%d is more than the %d training examples of all tasks, so that every one is stored: make it smaller",
                    memory.orElse(0),
                    examples);
        }
    };

    private static final int LISTED = 3;

    private static final ImmutableSet<String> SECTIONS =
            ImmutableSet.of("network", "gates", "inference", "training", "report");

    private static boolean ignoresWithoutGates(TaskSequenceScript script, String key, String ignored) {
        return key.equals(ignored) && !script.strategy().name().equals(ContinualTrainer.STRATEGY);
    }

    /** What this rule has to say of a run, but for keys that do nothing. */
    Stream<Lint.Warning> warnings(TaskSequenceScript script, TaskSequence sequence) {
        return Stream.empty();
    }

    /** Whether a key does nothing in a run, written or not. */
    boolean ignores(TaskSequenceScript script, String key) {
        return false;
    }

    /** What this rule has to say of keys that are written and do nothing. */
    Stream<Lint.Warning> nothing(List<String> keys) {
        return Stream.empty();
    }

    /** Keys written in a script that this rule says do nothing there. */
    final List<String> idle(TaskSequenceScript script) {
        return SECTIONS.stream()
                .flatMap(section -> script.locations().writtenIn(section).stream())
                .filter(key -> ignores(script, key))
                .toList();
    }

    /** The settings of a script but for those that do nothing there. */
    static Map<String, Object> used(TaskSequenceScript script) {
        Map<String, Object> settings = script.settings();
        for (String section : SECTIONS) {
            Map<String, Object> used = new LinkedHashMap<>();
            ((Map<?, ?>) settings.get(section)).forEach((key, value) -> {
                if (Arrays.stream(values()).noneMatch(rule -> rule.ignores(script, section + "." + key))) {
                    used.put((String) key, value);
                }
            });
            settings.put(section, used);
        }
        settings.values().removeIf(value -> value instanceof Map<?, ?> section && section.isEmpty());
        return settings;
    }

    final Stream<Lint.Warning> when(boolean surprising, String key, String message, Object... parts) {
        return surprising ? Stream.of(warning(key, message, parts)) : Stream.empty();
    }

    final Lint.Warning warning(String key, String message, Object... parts) {
        return new Lint.Warning(key, String.format(Locale.ROOT, message, parts));
    }

    /** Keys of a section that do nothing, in one line. */
    final Stream<Lint.Warning> nothing(String section, List<String> keys, String why) {
        if (keys.size() <= 1) {
            return keys.stream().map(key -> warning(key, "does nothing" + why, "it"));
        }
        String names =
                keys.stream().map(key -> key.substring(section.length() + 1)).collect(Collectors.joining(", "));
        return Stream.of(warning(section, names + " do nothing" + why, "them"));
    }

    /** Whether gates choose random features, not units of a network. */
    private static boolean isTaskless(TaskSequenceScript script) {
        return script.strategy().name().equals(ContinualTrainer.STRATEGY) && script.scenario() != Scenario.TASK;
    }

    /** Whether test examples must be told from those of other tasks, as no two tasks share a class. */
    private static boolean tellsClassesOfTasksApart(TaskSequence sequence) {
        List<Integer> classes = sequence.tasks().stream()
                .flatMap(task -> task.classes().stream())
                .toList();
        return sequence.scenario() == Scenario.CLASS
                && sequence.tasks().size() > 1
                && ImmutableSet.copyOf(classes).size() == classes.size();
    }

    private static String memoryKey(TaskSequenceScript script) {
        return "strategy." + script.strategy().name() + ".memory";
    }

    /** Examples that a strategy of replay stores, if it is one. */
    private static OptionalInt memory(TaskSequenceScript script, TaskSequence sequence) {
        ScheduleSettings written = script.strategy().parameters().get("memory");
        if (written instanceof ScheduleSettings.Constant constant) {
            return OptionalInt.of((int) constant.value());
        }
        Double usual = Strategies.BY_NAME
                .get(script.strategy().name())
                .defaults()
                .apply(new Strategies.Usual(
                        sequence.scenario(), sequence.tasks().size()))
                .get("memory");
        return usual == null ? OptionalInt.empty() : OptionalInt.of(usual.intValue());
    }

    private static String list(List<String> tasks) {
        String named = String.join(", ", tasks.subList(0, Math.min(LISTED, tasks.size())));
        String more = tasks.size() > LISTED ? " and %d more".formatted(tasks.size() - LISTED) : "";
        return (tasks.size() == 1 ? "task " : "tasks ") + named + more;
    }
}
