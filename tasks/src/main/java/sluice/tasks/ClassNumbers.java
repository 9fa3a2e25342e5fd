package sluice.tasks;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.primitives.Ints;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Numbers for classes that are named by texts. Where every name is a whole number (0, 7, 12; no sign, no leading 0), it
 * is that number; else names are sorted by their characters and numbered 0, 1, 2, ...
 */
public final class ClassNumbers {
    private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,9}");

    private final List<String> sorted;
    private final boolean asWritten;

    private ClassNumbers(Set<String> sorted) {
        this.sorted = List.copyOf(sorted);
        this.asWritten = sorted.stream().allMatch(name -> WHOLE.matcher(name).matches() && Ints.tryParse(name) != null);
    }

    /**
     * @param names of all classes, any number of times
     * @return their numbers
     */
    public static ClassNumbers of(Collection<String> names) {
        return new ClassNumbers(ImmutableSortedSet.copyOf(names));
    }

    /**
     * @return names by number, or none where names are numbers
     */
    public List<String> names() {
        return asWritten ? List.of() : sorted;
    }

    /**
     * @param name of a class
     * @return its number, at least 0
     * @throws IllegalArgumentException if there is no such class
     */
    public int number(String name) {
        int position = Collections.binarySearch(sorted, name);
        if (position < 0) {
            throw new IllegalArgumentException("no class '%s' among %s".formatted(name, sorted));
        }
        return asWritten ? Integer.parseInt(name) : position;
    }
}
