package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A script in which mistakes were mended one by one. */
record MendedTree(Node.Mapping tree) {
    /** {@return the tree without a mistake; none if it cannot be mended} */
    Optional<Node.Mapping> without(ScriptMistake mistake) {
        Repair repair = mistake.repair();
        String key = mistake.key();
        if (repair instanceof Repair.Insert insert) {
            Node.Mapping example = (Node.Mapping) YamlTree.parse(insert.example(), line -> mistake.location());
            return inserted(key, example.entries().get(insert.name()));
        }
        if (repair instanceof Repair.Replace replace && at(key).isPresent()) {
            return Optional.of(put(key, Optional.of(replace.node())));
        }
        if (repair instanceof Repair.Rename rename && rename.name().isPresent()) {
            return renamed(key, rename.name().get());
        }
        return removed(key);
    }

    private Optional<Node> at(String key) {
        return at(tree, "", key);
    }

    private static Optional<Node> at(Node node, String here, String key) {
        if (here.equals(key)) {
            return Optional.of(node);
        }
        return new Value(here, node, Questions.UNHEARD)
                .children()
                .filter(child -> Keys.isWithin(key, child.key()))
                .flatMap(child -> at(child.node(), child.key(), key).stream())
                .findFirst();
    }

    private Node.Mapping put(String key, Optional<Node> node) {
        return (Node.Mapping) put(tree, "", key, node);
    }

    private static Node put(Node node, String here, String key, Optional<Node> value) {
        if (here.equals(key)) {
            return value.orElseThrow();
        }
        if (node instanceof Node.Mapping mapping) {
            Map<String, Node> entries = new LinkedHashMap<>();
            mapping.entries().forEach((name, inner) -> {
                String child = Keys.child(here, name);
                if (!child.equals(key)) {
                    entries.put(name, Keys.isWithin(key, child) ? put(inner, child, key, value) : inner);
                } else {
                    value.ifPresent(put -> entries.put(name, put));
                }
            });
            return new Node.Mapping(ImmutableMap.copyOf(entries), mapping.location());
        }
        if (node instanceof Node.Sequence sequence) {
            ImmutableList.Builder<Node> items = ImmutableList.builder();
            for (int i = 0; i < sequence.items().size(); i++) {
                String child = Keys.item(here, i);
                Node item = sequence.items().get(i);
                items.add(Keys.isWithin(key, child) ? put(item, child, key, value) : item);
            }
            return new Node.Sequence(items.build(), sequence.location());
        }
        return node;
    }

    /** Lists are removed as a whole, so that the places of their items stay what they were. */
    private Optional<Node.Mapping> removed(String key) {
        String written = key;
        while (!written.isEmpty() && (Keys.isItem(written) || at(written).isEmpty())) {
            written = Keys.around(written);
        }
        return written.isEmpty() ? Optional.empty() : Optional.of(put(written, Optional.empty()));
    }

    private Optional<Node.Mapping> renamed(String key, String name) {
        Optional<Node> node = at(key);
        String section = section(key);
        if (node.isEmpty() || at(Keys.child(section, name)).isPresent()) {
            return removed(key);
        }
        Node.Mapping around = (Node.Mapping) at(section).orElseThrow();
        Map<String, Node> entries = new LinkedHashMap<>();
        around.entries()
                .forEach((old, value) -> entries.put(Keys.child(section, old).equals(key) ? name : old, value));
        return Optional.of(
                put(section, Optional.of(new Node.Mapping(ImmutableMap.copyOf(entries), around.location()))));
    }

    /** The mapping in which a key that is written stands; the key's own name may have dots. */
    private String section(String key) {
        String section = Keys.around(key);
        while (!section.isEmpty() && !(at(section).orElse(null) instanceof Node.Mapping)) {
            section = Keys.around(section);
        }
        return section;
    }

    /** Sections around it that are not there come with it. */
    private Optional<Node.Mapping> inserted(String key, Node value) {
        String around = Keys.around(key);
        String name = key.substring(around.isEmpty() ? 0 : around.length() + 1);
        Optional<Node> section = at(around);
        if (section.isEmpty()) {
            return inserted(around, new Node.Mapping(ImmutableMap.of(name, value), value.location()));
        }
        if (!(section.get() instanceof Node.Mapping mapping)) {
            return Optional.empty();
        }
        Map<String, Node> entries = new LinkedHashMap<>(mapping.entries());
        entries.put(name, value);
        return Optional.of(
                put(around, Optional.of(new Node.Mapping(ImmutableMap.copyOf(entries), mapping.location()))));
    }
}
