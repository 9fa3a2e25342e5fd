package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A script as nodes, with the overrides that it is read with.
 *
 * @param written as in the file
 * @param overrides in the order given
 * @param defaultName what it is called if it gives no name
 * @param folder where relative folders of data start
 * @param questions who hears what is asked
 * @param sections who reads the sections that are not read here
 */
record ScriptTree(
        Node.Mapping written,
        ImmutableList<SetOption> overrides,
        String defaultName,
        Path folder,
        Questions questions,
        Consumer<TaskSequenceScript> sections) {
    private static final ImmutableList<String> SEEDS = ImmutableList.of(CompareSection.NAME, "seeds");

    /**
     * The script that this is, mended where it is mistaken: a comparison where it has a section of that name. None where it
     * cannot be mended.
     */
    Optional<Script> read(Mending mending) {
        Node.Mapping top = set(written, overrides, mending);
        return top.entries().containsKey(CompareSection.NAME)
                ? comparison(top, mending).map(script -> script)
                : run(top, mending).map(script -> script);
    }

    private Optional<TaskSequenceScript> run(Node.Mapping tree, Mending mending) {
        return mending.read(tree, mended -> {
            TaskSequenceScript script = TaskSequenceScript.read(mended, questions, defaultName, folder);
            sections.accept(script);
            return script;
        });
    }

    /** What a comparison says of all of its runs. */
    private record Frame(
            String name, String description, Folder output, ImmutableList<Node> seeds, CompareSection compare) {}

    private Frame frame(Node.Mapping top) {
        Section section = Section.of(new Value("", top, questions), TaskSequenceScript.KEYS);
        CompareSection compare = CompareSection.read(section.section(CompareSection.NAME, CompareSection.KEYS));
        section.whole("seed", 1);
        Node seed = section.value("seed").map(Value::node).orElse(new Node.Scalar("1", false, top.location()));
        Frame frame = new Frame(
                TaskSequenceScript.name(section, defaultName),
                TaskSequenceScript.description(section),
                TaskSequenceScript.output(section),
                compare.seeds().isEmpty()
                        ? ImmutableList.of(seed)
                        : compare.seeds().stream().map(Value::node).collect(ImmutableList.toImmutableList()),
                compare);
        compare.variants().forEach(variant -> name(frame.name(), variant));
        return frame;
    }

    private Optional<ComparisonScript> comparison(Node.Mapping top, Mending mending) {
        return mending.read(top, this::frame).map(frame -> {
            ImmutableList.Builder<ComparisonScript.Run> runs = ImmutableList.builder();
            for (CompareSection.Variant variant : frame.compare().variants()) {
                Node.Mapping tree = set(
                        written,
                        Stream.concat(variant.set().stream(), overrides.stream())
                                .toList(),
                        mending);
                // where something is mistaken it is so with every seed
                for (Node seed : mending.isMistaken() ? frame.seeds().subList(0, 1) : frame.seeds()) {
                    run(run(tree, name(frame.name(), variant), seed), mending)
                            .ifPresent(script -> runs.add(
                                    new ComparisonScript.Run(variant.name().text(), script.seed(), script)));
                }
            }
            return new ComparisonScript(frame.name(), frame.description(), frame.output(), runs.build());
        });
    }

    private static Node name(String comparison, CompareSection.Variant variant) {
        String name = comparison + "-" + variant.name().text();
        if (!ScriptName.valid(name)) {
            throw variant.name().error("with the script's name before it has more than 100 letters: shorten one");
        }
        return new Node.Scalar(name, true, variant.name().node().location());
    }

    /** One run alone. The comparison's folder is not the run's. */
    private static Node.Mapping run(Node.Mapping tree, Node name, Node seed) {
        Map<String, Node> entries = new LinkedHashMap<>(tree.entries());
        entries.keySet().removeAll(Set.of(CompareSection.NAME, "output"));
        entries.put("name", name);
        entries.put("seed", seed);
        return new Node.Mapping(ImmutableMap.copyOf(entries), tree.location());
    }

    /** An override of the seed is of all seeds that there are. */
    private static Node.Mapping set(Node.Mapping tree, List<SetOption> options, Mending mending) {
        Node.Mapping set = tree;
        for (SetOption option : options) {
            Node.Mapping before = set;
            set = mending.attempt(() -> option.in(before)).orElse(before);
            if (option.path().equals(ImmutableList.of("seed"))) {
                set = without(set, SEEDS);
            }
        }
        return set;
    }

    private static Node.Mapping without(Node.Mapping tree, List<String> path) {
        String name = path.get(0);
        Map<String, Node> entries = new LinkedHashMap<>(tree.entries());
        if (path.size() == 1) {
            entries.remove(name);
        } else if (entries.get(name) instanceof Node.Mapping inner) {
            entries.put(name, without(inner, path.subList(1, path.size())));
        }
        return new Node.Mapping(ImmutableMap.copyOf(entries), tree.location());
    }
}
