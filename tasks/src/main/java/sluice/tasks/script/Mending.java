package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import sluice.tasks.InputException;

/**
 * Mistakes of a script, found by reading it again and again: each is mended for the moment, so that the next one shows. What
 * may be there only because something was mended is mended, too, but not told. Mutable while the script is read.
 */
final class Mending {
    /** Readings of one tree; no script that is meant to be one has as many mistakes. */
    private static final int MOST = 200;

    private static final Comparator<ScriptMistake> BY_PLACE = Comparator.<ScriptMistake, Boolean>comparing(
                    mistake -> mistake.location().line() == 0)
            .thenComparing(mistake -> mistake.location().source())
            .thenComparing(mistake -> mistake.location().line());

    private final Map<String, InputException> told = new LinkedHashMap<>();

    /**
     * {@return what is read, where all mistakes can be mended}
     *
     * @param written the tree
     * @param reader throws the first mistake
     */
    <T> Optional<T> read(Node.Mapping written, Function<Node.Mapping, T> reader) {
        Node.Mapping tree = written;
        List<ScriptMistake> mended = new ArrayList<>();
        Set<Node.Mapping> seen = new HashSet<>();
        while (mended.size() < MOST && seen.add(tree)) {
            try {
                return Optional.of(reader.apply(tree));
            } catch (ScriptMistake mistake) {
                if (mended.stream().noneMatch(earlier -> mayFollow(mistake, earlier))) {
                    tell(mistake);
                }
                Optional<Node.Mapping> next = new MendedTree(tree).without(mistake);
                if (next.isEmpty()) {
                    return Optional.empty();
                }
                tree = next.get();
                mended.add(mistake);
            } catch (InputException other) {
                tell(other);
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** {@return the result; none where it is a mistake, which is then told} */
    <T> Optional<T> attempt(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (InputException mistake) {
            tell(mistake);
            return Optional.empty();
        }
    }

    /** Settings that contradict each other are each as they were written, whichever of them was mended first. */
    private static boolean mayFollow(ScriptMistake mistake, ScriptMistake earlier) {
        boolean contradictions = mistake.isAcrossSections() && earlier.isAcrossSections();
        return contradictions ? Keys.isWithin(mistake.key(), earlier.key()) : mistake.mayFollowFrom(earlier.key());
    }

    void tell(InputException mistake) {
        told.putIfAbsent(mistake.getMessage(), mistake);
    }

    boolean isMistaken() {
        return !told.isEmpty();
    }

    /** {@return whether something in these sections, or nobody knows where, is mistaken} */
    boolean isMistakenIn(List<String> sections) {
        return told.values().stream().anyMatch(mistake -> isIn(mistake, sections));
    }

    private static boolean isIn(InputException mistake, List<String> sections) {
        if (mistake instanceof ScriptMistake located) {
            String key = meant(located);
            return sections.stream().anyMatch(section -> Keys.isWithin(key, section));
        }
        return true;
    }

    /** Where it is, or where it should have been written. */
    private static String meant(ScriptMistake mistake) {
        return mistake.repair() instanceof Repair.Rename rename
                ? rename.name()
                        .map(name -> Keys.child(Keys.around(mistake.key()), name))
                        .orElse(mistake.key())
                : mistake.key();
    }

    /** {@return the mistakes by their lines in the script; of overrides, which have none, thereafter} */
    ImmutableList<InputException> mistakes() {
        List<ScriptMistake> located = new ArrayList<>();
        List<InputException> others = new ArrayList<>();
        told.values().forEach(mistake -> {
            if (mistake instanceof ScriptMistake one) {
                located.add(one);
            } else {
                others.add(mistake);
            }
        });
        located.sort(BY_PLACE);
        return ImmutableList.<InputException>builder()
                .addAll(located)
                .addAll(others)
                .build();
    }
}
