package sluice.framework.bench.builds;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import sluice.tasks.InputException;
import sluice.tasks.Suggestion;

/**
 * A command that builds are compared by.
 *
 * @param name what it is asked for by
 * @param arguments of the launcher
 * @param trains whether it writes a run folder, to be named
 * @param onData whether it reads MNIST's files
 * @param figures what is read off its output beside its time and memory, by name: the first group of a pattern
 */
public record BuildWork(
        String name,
        ImmutableList<String> arguments,
        boolean trains,
        boolean onData,
        ImmutableMap<String, Pattern> figures) {
    private static final ImmutableMap<String, Pattern> STEPS =
            ImmutableMap.of("ms per step", Pattern.compile("\\(([0-9.]+) ms per step\\)"));
    private static final String WIDE = "network.hidden=[2000,2000]";
    private static final ImmutableList<String> SGD =
            ImmutableList.of("--set", "training.optimizer=sgd", "--set", "training.learning_rate=0.05");

    /** What can be measured, quick ones first. */
    public static final ImmutableList<BuildWork> ALL = ImmutableList.of(
            telling("version", "--version"),
            telling("list", "list"),
            telling("validate", "validate", "split-mnist"),
            new BuildWork("split-digits", ImmutableList.of("run", "split-digits"), true, false, STEPS),
            onMnist("split-mnist", "split-mnist"),
            onMnist("split-mnist-sgd", "split-mnist", SGD.toArray(String[]::new)),
            onMnist("split-mnist-2000", "split-mnist", "--set", WIDE),
            onMnist(
                    "split-mnist-2000-sgd",
                    "split-mnist",
                    ImmutableList.<String>builder()
                            .add("--set", WIDE)
                            .addAll(SGD)
                            .build()
                            .toArray(String[]::new)),
            onMnist("split-mnist-class", "split-mnist-class"),
            // of a hundred tasks a discriminant would be tried, too, as it is not of thousands
            onMnist(
                    "permuted-mnist-100",
                    "permuted-mnist-2500",
                    "--set",
                    "split.permuted=100",
                    "--set",
                    "inference.task=density"),
            new BuildWork(
                    "convolutions",
                    ImmutableList.of("bench", "--seconds", "0.3", "--width", "16"),
                    false,
                    false,
                    ImmutableMap.of(
                            "ms of a step, all open", convolutions("100"), "a quarter open", convolutions("25"))),
            onMnist("compare-split-mnist-task", "compare-split-mnist-task"));

    private static BuildWork telling(String name, String... arguments) {
        return new BuildWork(name, ImmutableList.copyOf(arguments), false, false, ImmutableMap.of());
    }

    private static BuildWork onMnist(String name, String script, String... more) {
        return new BuildWork(
                name,
                ImmutableList.<String>builder().add("run", script).add(more).build(),
                true,
                true,
                script.startsWith("compare") ? ImmutableMap.of() : STEPS);
    }

    /** The milliseconds of a row of the table of convolutions, by how much is open. */
    private static Pattern convolutions(String open) {
        return Pattern.compile("convolutions 32-64-256.*?\\| +" + open + " % \\| +0 % \\| +([0-9.]+)", Pattern.DOTALL);
    }

    /**
     * {@return what bears these names, in the order of {@link #ALL}}
     *
     * @param names none for all
     * @throws InputException if something bears none of them
     */
    public static ImmutableList<BuildWork> named(List<String> names) {
        List<String> known = ALL.stream().map(BuildWork::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new InputException(
                        "--only: unknown measurement '%s': %s".formatted(name, Suggestion.of(name, known)));
            }
        }
        return ALL.stream()
                .filter(work -> names.isEmpty() || names.contains(work.name()))
                .collect(ImmutableList.toImmutableList());
    }

    /** The whole command line behind the launcher. */
    ImmutableList<String> command(Optional<Path> data, Path out) {
        ImmutableList.Builder<String> command = ImmutableList.<String>builder().addAll(arguments);
        data.filter(any -> onData).ifPresent(folder -> command.add("--data", folder.toString()));
        if (trains) {
            command.add("--out", out.toString());
        }
        return command.build();
    }

    /** What its output says, of those figures that it has. */
    ImmutableMap<String, Double> read(String output) {
        ImmutableMap.Builder<String, Double> found = ImmutableMap.builder();
        for (Map.Entry<String, Pattern> figure : figures.entrySet()) {
            figure.getValue()
                    .matcher(output)
                    .results()
                    .findFirst()
                    .ifPresent(match -> found.put(figure.getKey(), Double.parseDouble(match.group(1))));
        }
        return found.buildOrThrow();
    }
}
