package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import com.google.common.collect.Sets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import sluice.tasks.script.ComparisonScript;
import sluice.tasks.script.Question;
import sluice.tasks.script.Script;
import sluice.tasks.script.ScriptReader;
import sluice.tasks.script.TaskSequenceScript;

/**
 * What the reader asks of the keys of some scripts, by dotted key: {@code []} stands for the items of a list, {@code *} for
 * names of an open mapping, and {@value #SCHEDULE} for the mapping of a schedule wherever it is.
 */
final class AskedKeys {
    static final String SCHEDULE = "schedule";
    static final Question.Keys KEYS_OF_SCHEDULE = new Question.Keys(ScheduleSection.KEYS);
    private static final Pattern ITEM = Pattern.compile("\\[[0-9]+]");

    private final SetMultimap<String, Question> questions = LinkedHashMultimap.create();
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> schedules = new LinkedHashSet<>();
    private final Map<String, Set<String>> required = new LinkedHashMap<>();

    /** What is asked of scripts that hold every way to write a key. */
    static AskedKeys of(ImmutableList<String> scripts) {
        AskedKeys keys = new AskedKeys();
        scripts.forEach(keys::listen);
        return keys;
    }

    ImmutableSet<String> all() {
        return ImmutableSet.copyOf(questions.keySet());
    }

    /** The questions of a kind that are asked of a key, in the order asked. */
    <Q extends Question> ImmutableList<Q> of(String key, Class<Q> kind) {
        return questions.get(key).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .collect(ImmutableList.toImmutableList());
    }

    /** Keys of a section that must be written in each. */
    ImmutableSet<String> required(String section) {
        return ImmutableSet.copyOf(required.getOrDefault(section, Set.of()));
    }

    static String child(String section, String key) {
        return section.isEmpty() ? key : section + "." + key;
    }

    private void listen(String text) {
        SetMultimap<String, Question> asked = LinkedHashMultimap.create();
        Script script = ScriptReader.heard(text, "schema", (key, question) -> {
            asked.put(place(key, question), question);
            if (question.equals(KEYS_OF_SCHEDULE)) {
                asked.put(SCHEDULE, question);
            }
        });
        if (script instanceof ComparisonScript comparison) {
            comparison.runs().forEach(run -> ScriptSections.check(run.script()));
        } else {
            ScriptSections.check((TaskSequenceScript) script);
        }
        for (String section : asked.keySet()) {
            asked.get(section).stream()
                    .filter(Question.Keys.class::isInstance)
                    .forEach(keys -> require(section, needed(section, (Question.Keys) keys, asked)));
        }
        questions.putAll(asked);
    }

    private void require(String section, Set<String> needed) {
        required.merge(section, needed, (before, now) -> ImmutableSet.copyOf(Sets.intersection(before, now)));
    }

    private static ImmutableSet<String> needed(
            String section, Question.Keys keys, SetMultimap<String, Question> asked) {
        return keys.known().stream()
                .filter(key -> isNeeded(child(section, key), asked))
                .collect(ImmutableSet.toImmutableSet());
    }

    /** A section that is read where it is absent must be there for the sake of a key that must. */
    private static boolean isNeeded(String key, SetMultimap<String, Question> asked) {
        Set<Question> ofKey = asked.get(key);
        return ofKey.contains(new Question.Required())
                || (ofKey.contains(new Question.Always())
                        && ofKey.stream()
                                .anyMatch(question -> question instanceof Question.Keys keys
                                        && !needed(key, keys, asked).isEmpty()));
    }

    private String place(String key, Question question) {
        String place = ITEM.matcher(key).replaceAll("[]");
        for (String mapping : open) {
            if (place.startsWith(mapping + ".")) {
                int end = place.indexOf('.', mapping.length() + 1);
                place = mapping + ".*" + (end < 0 ? "" : place.substring(end));
            }
        }
        if (question instanceof Question.Entries) {
            open.add(place);
        }
        if (question.equals(KEYS_OF_SCHEDULE)) {
            schedules.add(place);
        }
        for (String schedule : schedules) {
            if (place.startsWith(schedule + ".")) {
                return SCHEDULE + place.substring(schedule.length());
            }
        }
        return place;
    }
}
