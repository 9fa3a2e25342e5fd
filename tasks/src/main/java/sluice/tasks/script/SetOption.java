package sluice.tasks.script;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One {@code --set key=value}: the value, read as YAML, takes the key's place. */
record SetOption(ImmutableList<String> path, Node value, Location location) {
    /**
     * {@return the option}
     *
     * @param option what followed {@code --set}
     */
    static SetOption parse(String option) {
        Location location = new Location("--set " + Complaint.quote(option), 0);
        int equals = option.indexOf('=');
        if (equals < 0) {
            throw Complaint.at(location, "", "has no '=': write --set key=value, for instance training.epochs=3");
        }
        List<String> path = Splitter.on('.').trimResults().splitToList(option.substring(0, equals));
        if (path.contains("")) {
            throw Complaint.at(location, "", "has an empty key: write --set key=value, for instance training.epochs=3");
        }
        Node value = YamlTree.parse(option.substring(equals + 1), line -> location);
        return new SetOption(ImmutableList.copyOf(path), value, location);
    }

    /**
     * {@return the same with the value in its place}
     *
     * @param tree a script
     */
    Node.Mapping in(Node.Mapping tree) {
        return in(tree, path, "");
    }

    private Node.Mapping in(Node.Mapping tree, List<String> rest, String around) {
        String name = rest.get(0);
        Map<String, Node> entries = new LinkedHashMap<>(tree.entries());
        entries.put(name, rest.size() == 1 ? value : inner(tree, rest, Keys.child(around, name)));
        return new Node.Mapping(ImmutableMap.copyOf(entries), tree.location());
    }

    private Node inner(Node.Mapping tree, List<String> rest, String key) {
        Node inner = tree.entries().getOrDefault(rest.get(0), new Node.Mapping(ImmutableMap.of(), location));
        if (inner instanceof Node.Mapping mapping) {
            return in(mapping, rest.subList(1, rest.size()), key);
        }
        throw Complaint.at(
                location,
                key,
                "is %s at %s and has no keys: set %s itself".formatted(inner.kind(), inner.location(), key));
    }
}
