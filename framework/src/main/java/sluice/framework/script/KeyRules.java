package sluice.framework.script;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sluice.tasks.script.Question;

/** What a key leaves no meaning for in its section, as JSON schemas. */
final class KeyRules {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private KeyRules() {}

    /** What must not be there where the key is. */
    static Optional<ObjectNode> beside(String key, AskedKeys asked) {
        Set<String> refused = asked.of(key, Question.NotBeside.class).stream()
                .map(Question.NotBeside::other)
                .collect(ImmutableSet.toImmutableSet());
        return refused.isEmpty() ? Optional.empty() : Optional.of(none(refused));
    }

    /**
     * What must not be there where the key is a certain word: a rule for all words that leave no meaning for the same keys.
     *
     * @param name of the key in its section
     * @param key dotted
     * @param asked what is asked of it
     * @param otherwise the word that holds where the key is absent, or ""
     */
    static ImmutableList<ObjectNode> where(String name, String key, AskedKeys asked, String otherwise) {
        SetMultimap<String, String> byWord = LinkedHashMultimap.create();
        asked.of(key, Question.NotWhere.class).forEach(not -> byWord.put(not.word(), not.other()));
        Map<Set<String>, Set<String>> wordsOf = new LinkedHashMap<>();
        byWord.asMap()
                .forEach((word, others) -> wordsOf.computeIfAbsent(new TreeSet<>(others), none -> new TreeSet<>())
                        .add(word));
        ImmutableList.Builder<ObjectNode> rules = ImmutableList.builder();
        wordsOf.forEach((others, words) -> rules.add(rule(name, words, others, words.contains(otherwise))));
        return rules.build();
    }

    private static ObjectNode rule(String name, Set<String> words, Set<String> others, boolean isDefault) {
        ObjectNode rule = JSON.objectNode();
        ObjectNode condition = rule.putObject("if");
        if (!isDefault) {
            condition.putArray("required").add(name);
        }
        condition.putObject("properties").set(name, KeyTypes.words(words));
        rule.set("then", none(others));
        return rule;
    }

    private static ObjectNode none(Set<String> keys) {
        ObjectNode without = JSON.objectNode();
        ObjectNode properties = without.putObject("properties");
        keys.forEach(key -> properties.put(key, false));
        return without;
    }
}
