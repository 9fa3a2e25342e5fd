package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A script as nodes, with the overrides that it is read with.
 *
 * @param written as in the file
 * @param overrides in the order given
 * @param defaultName what it is called if it gives no name
 * @param folder where relative folders of data start
 * @param questions who hears what is asked
 */
record ScriptTree(
        Node.Mapping written,
        ImmutableList<SetOption> overrides,
        String defaultName,
        Path folder,
        Questions questions) {
    private static final ImmutableList<String> SEEDS = ImmutableList.of(CompareSection.NAME, "seeds");

    /** The script that this is: a comparison where it has a section of that name. */
    Script read() {
        Node.Mapping top = set(written, overrides);
        return top.entries().containsKey(CompareSection.NAME)
                ? comparison(top)
                : TaskSequenceScript.read(top, questions, defaultName, folder);
    }

    private ComparisonScript comparison(Node.Mapping top) {
        Section section = Section.of(new Value("", top, questions), TaskSequenceScript.KEYS);
        String name = TaskSequenceScript.name(section, defaultName);
        CompareSection compare = CompareSection.read(section.section(CompareSection.NAME, CompareSection.KEYS));
        section.whole("seed", 1);
        List<Node> seeds = compare.seeds().isEmpty()
                ? List.of(section.value("seed").map(Value::node).orElse(new Node.Scalar("1", false, top.location())))
                : compare.seeds().stream().map(Value::node).toList();
        ImmutableList.Builder<ComparisonScript.Run> runs = ImmutableList.builder();
        for (CompareSection.Variant variant : compare.variants()) {
            Node.Mapping tree = set(
                    written,
                    Stream.concat(variant.set().stream(), overrides.stream()).toList());
            for (Node seed : seeds) {
                TaskSequenceScript script =
                        TaskSequenceScript.read(run(tree, name(name, variant), seed), questions, defaultName, folder);
                runs.add(new ComparisonScript.Run(variant.name().text(), script.seed(), script));
            }
        }
        return new ComparisonScript(
                name, TaskSequenceScript.description(section), TaskSequenceScript.output(section), runs.build());
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
    private static Node.Mapping set(Node.Mapping tree, List<SetOption> options) {
        Node.Mapping set = tree;
        for (SetOption option : options) {
            set = option.in(set);
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
