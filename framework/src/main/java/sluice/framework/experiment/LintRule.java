package sluice.framework.experiment;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import sluice.evaluation.ReferenceMetric;
import sluice.framework.optimizer.ClassWeights;
import sluice.framework.strategy.StrategyTraits;
import sluice.tasks.DomainOutputs;
import sluice.tasks.Examples;
import sluice.tasks.Printable;
import sluice.tasks.Scenario;
import sluice.tasks.Task;
import sluice.tasks.TaskSequence;

/** The surprises that {@link Lint} knows, but for {@link IdleKeys}. */
enum LintRule {
    /** Another strategy learns in the place of the one that is named. */
    NAMED_OTHERWISE {
        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            return plan.learner().surprise().stream().map(text -> new Surprise("strategy", text));
        }
    },

    /** A part of the network costs more than it saves. */
    NETWORK_ON_DATA {
        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            return plan.learner().surprises(sequence).stream().map(remark -> new Surprise(remark.key(), remark.text()));
        }
    },

    /** Parameters are held, but nothing says that the outputs of earlier classes should ever win again. */
    LAST_TASK_ALONE {
        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            TaskSequence all = plan.withEarlier(sequence);
            int tasks = all.tasks().size();
            return when(
                    ends(plan, all, StrategyTraits.EarlierClasses.FORGOTTEN),
                    "strategy",
                    "%s in scenario class ends near 1/T, about %.2f with %d tasks, as every example is taken for one of the last task's classes: choose one that stores examples, such as icarl or er, or expect it",
                    plan.learner().name(),
                    1.0 / tasks,
                    tasks);
        }
    },

    /** Van de Ven and Tolias 2019, table 4. */
    DISTILLATION_ALONE {
        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            TaskSequence all = plan.withEarlier(sequence);
            int tasks = all.tasks().size();
            return when(
                    ends(plan, all, StrategyTraits.EarlierClasses.HARDLY_ANSWERED),
                    "strategy",
                    "%s in scenario class ends little above 1/T, which is %.2f with %d tasks (published for split MNIST: 0.24 with 5): choose one that stores examples, such as icarl or er, or expect it",
                    plan.learner().name(),
                    1.0 / tasks,
                    tasks);
        }
    },

    /**
     * Where every task has the same outputs in the same order, or no two share a label, nothing surprises: split MNIST by van
     * de Ven and Tolias 2019 asks whether a digit is its task's first or second. Else somebody may have thought otherwise.
     */
    UNEVEN_OUTPUTS {
        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            return when(
                    !plan.data().goesOn() && DomainOutputs.isUneven(sequence),
                    "scenario",
                    "%s (not every task has all of them, in this order)",
                    DomainOutputs.text(sequence).orElse(""));
        }
    },

    /** Whoever named the tasks of a table row by row, or file by file, may know them at test as well. */
    TASKS_NAMED_HEAD_SHARED {
        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            return when(
                    plan.data().namesTasks()
                            && sequence.scenario() == Scenario.DOMAIN
                            && sequence.tasks().size() > 1,
                    "scenario",
                    "the data says of every example which task it is of, but domain shares one head among all tasks: where the task is known at test too, scenario: task gives each a head of its own");
        }
    },

    /** Then nothing is known of new examples. */
    TESTED_ON_TRAINING {
        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            List<String> tasks = sequence.tasks().stream()
                    .filter(task -> same(task.train(), task.test()))
                    .map(Task::name)
                    .toList();
            return when(
                    !tasks.isEmpty(),
                    "data",
                    "%s tested on exactly the examples of training, so that %s nothing of new ones: give test examples of their own",
                    list(tasks) + (tasks.size() == 1 ? " is" : " are"),
                    sequence.isRegression() ? "errors say" : "accuracy says");
        }

        private boolean same(Examples train, Examples test) {
            if (train.size() != test.size() || !Arrays.equals(train.targets(), test.targets())) {
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

    /** What is right of the many hides what is wrong of the few. */
    UNEQUAL_CLASSES {
        private static final int TIMES = 10;

        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            List<String> rare = sequence.tasks().stream()
                    .flatMap(task -> rare(task, sequence).stream())
                    .toList();
            return when(
                    !rare.isEmpty(),
                    "data",
                    "%s, ten times fewer than another class there, so that accuracy says little of %s: look at balanced accuracy and macro F1 too, %sor give more examples",
                    rare.stream().limit(LISTED).collect(Collectors.joining(", "))
                            + (rare.size() > LISTED ? " and %d more".formatted(rare.size() - LISTED) : ""),
                    rare.size() == 1 ? "it" : "them",
                    takesWeights(plan) ? "write training: {class_weights: balanced}, " : "");
        }

        private static boolean takesWeights(RunPlan plan) {
            return plan.takes(StrategyTraits.Setting.CLASS_WEIGHTS)
                    && plan.training().classWeights().equals(ClassWeights.none());
        }

        private static List<String> rare(Task task, TaskSequence sequence) {
            int[] counts = new int[task.classes().size()];
            for (int i = 0; i < task.train().size(); i++) {
                counts[task.train().label(i)]++;
            }
            int most = IntStream.of(counts).max().orElse(0);
            return IntStream.range(0, counts.length)
                    .filter(c -> counts[c] > 0 && counts[c] * TIMES < most)
                    .mapToObj(c -> "class %s has %,d of the %,d training examples of task %s"
                            .formatted(
                                    Printable.of(
                                            sequence.className(task.classes().get(c))),
                                    counts[c],
                                    task.train().size(),
                                    Printable.of(task.name())))
                    .toList();
        }
    },

    /** A step takes what there is. */
    BATCH_ABOVE_TASK {
        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            int batch = plan.training().batchSize();
            List<Task> small = sequence.tasks().stream()
                    .filter(task -> task.train().size() < batch)
                    .toList();
            OptionalInt least =
                    small.stream().mapToInt(task -> task.train().size()).min();
            return when(
                    least.isPresent() && !plan.joint() && plan.trains(),
                    "training.batch_size",
                    "%d is more than the training examples of %s (%s%d), so that an epoch there is a single step: make it smaller",
                    batch,
                    list(small.stream().map(Task::name).toList()),
                    small.size() == 1 ? "" : "at least ",
                    least.orElse(0));
        }
    },

    /** Then what is measured is how the network was drawn. */
    TOO_FEW_STEPS {
        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            return ShortTraining.warnings(plan, sequence);
        }
    },

    /** What is not stored is not replayed. The memory of an earlier run has the size that it has. */
    MEMORY_BELOW_CLASSES {
        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            int memory = plan.traits().storedExamples();
            // a task of numbers has one output
            int classes = sequence.tasks().stream()
                    .mapToInt(task -> task.classes().size())
                    .sum();
            return when(
                    memory > 0 && memory < classes && !plan.data().goesOn(),
                    memoryKey(plan),
                    "%d is fewer than the %d %s, so that some are never replayed: make it larger",
                    memory,
                    classes,
                    sequence.isRegression() ? "tasks" : "classes of all tasks");
        }
    },

    /** Then nothing is left that could be forgotten. */
    MEMORY_ABOVE_DATA {
        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            int memory = plan.traits().storedExamples();
            int examples = sequence.tasks().stream()
                    .mapToInt(task -> task.train().size())
                    .sum();
            return when(
                    memory > examples && !plan.data().goesOn(),
                    memoryKey(plan),
                    "%d is more than the %d training examples of all tasks, so that every one is stored: make it smaller",
                    memory,
                    examples);
        }
    },

    /** Then what they cost is for nothing. */
    REFERENCES_WITHOUT_FIGURES {
        @Override
        Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence) {
            if (plan.report().references().isEmpty()) {
                return Stream.empty();
            }
            String key = "report.references";
            boolean tested = sequence.tasks().stream().anyMatch(Task::isTested);
            return Stream.concat(
                    when(
                            !tested,
                            key,
                            "no task has test examples, so that nothing can be measured against references, and none is trained: remove it, or set test examples aside"),
                    when(
                            tested && plan.data().goesOn(),
                            key,
                            "references learn the tasks of this run alone, as data of earlier ones are not here, so that %s are undefined: remove it, or run all tasks in one sequence",
                            REFERENCE_METRICS));
        }
    };

    private static final String REFERENCE_METRICS =
            Arrays.stream(ReferenceMetric.values()).map(ReferenceMetric::key).collect(Collectors.joining(", "));

    private static final int LISTED = 3;

    /** What this rule has to say of a run. */
    abstract Stream<Surprise> warnings(RunPlan plan, TaskSequence sequence);

    /** Whether a user knows before the run that earlier tasks' classes will not be answered. */
    static boolean foretellsForgetting(RunPlan plan, TaskSequence sequence) {
        return !ends(plan, sequence, StrategyTraits.EarlierClasses.ANSWERED);
    }

    private static boolean ends(RunPlan plan, TaskSequence sequence, StrategyTraits.EarlierClasses end) {
        boolean apart = tellsClassesOfTasksApart(sequence);
        return (apart ? plan.traits().earlierClasses() : StrategyTraits.EarlierClasses.ANSWERED) == end;
    }

    final Stream<Surprise> when(boolean surprising, String key, String message, Object... parts) {
        return surprising ? Stream.of(warning(key, message, parts)) : Stream.empty();
    }

    final Surprise warning(String key, String message, Object... parts) {
        return new Surprise(key, String.format(Locale.ROOT, message, parts));
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

    private static String memoryKey(RunPlan plan) {
        return "strategy." + plan.learner().name() + ".memory";
    }

    /** Tasks by name, the first of many. */
    static String list(List<String> tasks) {
        String named = String.join(", ", tasks.subList(0, Math.min(LISTED, tasks.size())));
        String more = tasks.size() > LISTED ? " and %d more".formatted(tasks.size() - LISTED) : "";
        return (tasks.size() == 1 ? "task " : "tasks ") + named + more;
    }
}
