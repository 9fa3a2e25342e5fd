package sluice.tasks;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.primitives.Ints;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Numbers for classes that are named by texts. Where every name is a whole number (0, 7, 12; no sign, no leading 0), it
 * is that number; else names are sorted by their characters and numbered 0, 1, 2, ...
 */
public final class ClassNumbers {
    private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,9}");

    private final ImmutableList<String> ordered;
    private final ImmutableMap<String, Integer> positions;
    private final boolean asWritten;

    private ClassNumbers(Collection<String> ordered) {
        this.ordered = ImmutableList.copyOf(ordered);
        ImmutableMap.Builder<String, Integer> places = ImmutableMap.builder();
        for (int i = 0; i < this.ordered.size(); i++) {
            places.put(this.ordered.get(i), i);
        }
        this.positions = places.buildOrThrow();
        this.asWritten =
                ordered.stream().allMatch(name -> WHOLE.matcher(name).matches() && Ints.tryParse(name) != null);
    }

    /**
     * {@return their numbers}
     *
     * @param names of all classes, any number of times
     */
    public static ClassNumbers of(Collection<String> names) {
        return new ClassNumbers(ImmutableSortedSet.copyOf(names));
    }

    /**
     * {@return their numbers: whole numbers as they are, else by that order}
     *
     * @param order names of all classes, and perhaps of others, each once
     * @param names of all classes, any number of times
     */
    public static ClassNumbers inOrder(List<String> order, Collection<String> names) {
        Set<String> present = ImmutableSet.copyOf(names);
        return new ClassNumbers(order.stream().filter(present::contains).toList());
    }

    /** {@return names by number, or none where names are numbers} */
    public List<String> names() {
        return asWritten ? List.of() : ordered;
    }

    /**
     * {@return its number, at least 0}
     *
     * @param name of a class
     * @throws IllegalArgumentException if there is no such class
     */
    public int number(String name) {
        Integer position = positions.get(name);
        if (position == null) {
            throw new IllegalArgumentException("no class '%s' among %s".formatted(name, ordered));
        }
        return asWritten ? Integer.parseInt(name) : position;
    }
}
